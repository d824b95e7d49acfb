import { useQuery } from '@tanstack/react-query';
import { useViewer } from '../shell/session.ts';
import { allPatients } from './all-patients.ts';

export interface Named {
  patientId: string;
  name: string;
  code: string;
}

export type Names = ReadonlyMap<string, Named>;

/** Everybody in a team's care, by patient id; empty until it is known. Kept on this device for work without a network. */
export function useNames(teamId: string): Names {
  const { userId } = useViewer();
  const names = useQuery({
    queryKey: [userId, teamId, 'names'],
    queryFn: ({ signal }) => everybody(teamId, signal),
    meta: { keepDays: 0.5 },
  });
  return new Map((names.data ?? []).map((one) => [one.patientId, one]));
}

async function everybody(teamId: string, signal: AbortSignal): Promise<Named[]> {
  const all = await allPatients(teamId, { signal });
  return all.map(({ patientId, name, code }) => ({ patientId, name, code }));
}
