import { expect, it } from 'vitest';
import { alertRoutes } from '../../functions/alerts/contract.ts';
import { auditRoutes } from '../../functions/audit/contract.ts';
import { devicesRoutes } from '../../functions/devices/contract.ts';
import { authRoutes, identityRoutes } from '../../functions/identity/contract.ts';
import { notificationRoutes } from '../../functions/notifications/contract.ts';
import { organisationRoutes } from '../../functions/organisations/contract.ts';
import { allRoutes } from '../../functions/platform/all-routes.ts';
import { platformRoutes } from '../../functions/platform/contract.ts';
import { reportRoutes } from '../../functions/reports/contract.ts';
import { treatmentRoutes } from '../../functions/treatment/contract.ts';

it('answers every route that a contract names, and no other', () => {
  const named = [
    ...[alertRoutes, auditRoutes, devicesRoutes, authRoutes, identityRoutes, notificationRoutes],
    ...[organisationRoutes, platformRoutes, reportRoutes, treatmentRoutes],
  ].flatMap((routes): string[] => Object.values(routes));
  expect(allRoutes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(named.sort());
});
