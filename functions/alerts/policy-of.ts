import type { Tools } from '../shared/tools.ts';
import { type AlertPolicy, alertPolicy } from './policy.ts';
import { readChoices } from './store.ts';

/** The policy that a team works by: its own choices over the version it started from. For every context. */
export async function policyOf(tools: Pick<Tools, 'db' | 'tableName'>, teamId: string): Promise<AlertPolicy> {
  const choices = await readChoices(tools, teamId);
  return choices ? alertPolicy(choices, choices.policyVersion) : alertPolicy();
}
