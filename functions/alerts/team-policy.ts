import { Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { AlertPolicyInput, AlertPolicyView } from './contract.ts';
import { currentAlertPolicy } from './policy.ts';
import { policyOf } from './policy-of.ts';
import { readChoices, writeChoices } from './store.ts';

/** How a team's alerts are told, every number with its source. */
export async function policyView(tools: Tools, teamId: string): Promise<AlertPolicyView> {
  const [policy, choices] = await Promise.all([policyOf(tools, teamId), readChoices(tools, teamId)]);
  const { everyMiss, acknowledgeHours, contactHours, immediatePerDay, digestAt, bands, citations } = policy;
  return {
    teamId,
    policyVersion: policy.version,
    everyMiss,
    acknowledgeHours,
    contactHours,
    immediatePerDay,
    noNewsDays: bands.askAfter.days,
    noNewsDaysCritical: bands.askAfter.critical,
    digestAt,
    gates: [...bands.gates],
    citations: [{ rule: 'bands', source: bands.citation }, ...citations],
    version: choices?.version ?? 0,
  };
}

/** A team's own choices; they hold for what happens from now on. */
export async function changePolicy(
  tools: Tools,
  teamId: string,
  input: AlertPolicyInput,
  version: number,
): Promise<AlertPolicyView> {
  const stored = await writeChoices(tools, teamId, { ...input, policyVersion: currentAlertPolicy }, version);
  if (stored === 'conflict') throw new Refusal('stale', 'stale', 'Somebody has changed this since you read it.');
  return await policyView(tools, teamId);
}
