import { useViewer } from '../shell/session.ts';
import { createStore, useStore } from '../shell/store.ts';

export interface TeamChoice {
  teamId: string;
  name: string;
  zone: string;
}

const chosen = createStore<string | undefined>(undefined);
export const chooseTeam = (teamId: string) => chosen.set(teamId);

/** The caseload on the screen: the chosen one, else the first of mine. Its clock is the facility's. */
export function useTeam(): TeamChoice {
  const viewer = useViewer();
  const teamId = useStore(chosen);
  const team = viewer.teams.find((mine) => mine.teamId === teamId) ?? viewer.teams[0];
  return { teamId: team?.teamId ?? 'none', name: team?.name ?? '', zone: viewer.zone };
}
