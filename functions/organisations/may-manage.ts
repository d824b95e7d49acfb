import { decide } from '../shared/access.ts';
import type { TeamTools } from './change-team.ts';
import type { Team } from './team.ts';

/** Whether who asks administers this team. */
export function mayManage(tools: TeamTools, { path, teamId }: Team): boolean {
  return decide(tools.actor, { path, teamId }, 'manage', tools.now()).allowed;
}
