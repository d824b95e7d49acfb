import { organisationsBelow } from '../organisations/team-of.ts';
import type { Tools } from '../shared/tools.ts';
import type { IncidentView } from './contract.ts';
import { readIncidents } from './incident-store.ts';
import { incidentView } from './views.ts';

const mostShown = 50;

/** The incidents of all facilities of an organisation: what is still so first, then what is over, newest first. */
export async function incidentsBelow(
  tools: Pick<Tools, 'db' | 'tableName'>,
  organisationId: string,
): Promise<IncidentView[]> {
  const nodes = await organisationsBelow(tools, organisationId);
  const found = await Promise.all(
    nodes
      .filter(({ level }) => level === 'facility')
      .map(async (facility) => {
        const incidents = await readIncidents(tools, facility.organisationId);
        return incidents.map((one) => ({ ...incidentView(one), facilityName: facility.name }));
      }),
  );
  const newestFirst = found.flat().sort((a, b) => (a.openedAt > b.openedAt ? -1 : 1));
  const isOpen = ({ state }: IncidentView) => state === 'open';
  return [...newestFirst.filter(isOpen), ...newestFirst.filter((one) => !isOpen(one))].slice(0, mostShown);
}
