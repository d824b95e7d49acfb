import { routes as alerts } from '../alerts/api.ts';
import { routes as audit } from '../audit/api.ts';
import { routes as devices } from '../devices/api.ts';
import { routes as accounts } from '../identity/accounts-api.ts';
import { routes as identity } from '../identity/api.ts';
import { routes as notifications } from '../notifications/api.ts';
import { routes as organisations } from '../organisations/api.ts';
import { routes as reports } from '../reports/api.ts';
import type { Route } from '../shared/http.ts';
import { routes as treatment } from '../treatment/api.ts';
import { routes as platform } from './api.ts';

/** The routes of every function that answers HTTP. */
export const allRoutes: readonly Route[] = [
  ...[...identity, ...accounts, ...organisations, ...treatment, ...devices],
  ...[...alerts, ...notifications, ...reports, ...audit, ...platform],
];
