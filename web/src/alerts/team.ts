import { useViewer } from '../shell/session.ts';
import { createStore, useStore } from '../shell/store.ts';

export interface TeamChoice {
  teamId: string;
  name: string;
  zone: string;
}

const kept = 'careconnect.team';
const chosen = createStore(localStorage.getItem(kept) ?? undefined);

/** The caseload that this device shows from now on, also after a reload. */
export function chooseTeam(teamId: string): void {
  localStorage.setItem(kept, teamId);
  chosen.set(teamId);
}

/** The caseload on the screen: the chosen one while it is mine or I stand in, else the first of mine. Its clock is the facility's. */
export function useTeam(): TeamChoice {
  const viewer = useViewer();
  const teamId = useStore(chosen);
  const team = viewer.teams.find((mine) => mine.teamId === teamId) ?? viewer.teams[0];
  return { teamId: team?.teamId ?? 'none', name: team?.name ?? '', zone: team?.zone ?? viewer.zone };
}
