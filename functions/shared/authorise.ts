import { type AccessCard, type Actor, type Decision, decide, type Need } from './access.ts';
import { readAccessCard, type Subject } from './access-store.ts';
import { audit } from './audit.ts';
import { Refusal } from './refusal.ts';
import type { Tools } from './tools.ts';

const auditedOnceFor = new Map<string, string>();
const repeatSeconds = 600;

/**
 * The one decision point. Answers when the actor may; throws `forbidden` when not. Every refusal is audited, and so is
 * every use of somebody else's record: an unbroken use by the same actor for the same need is one event per ten minutes.
 * A thing that does not exist is refused like one that is not yours, so that ids cannot be probed. Of several needs any
 * one that is allowed suffices.
 */
export async function authorise(
  tools: Tools,
  actor: Actor,
  subject: Subject,
  need: Need | readonly Need[],
  action: string,
): Promise<void> {
  const card = await readAccessCard(tools, subject);
  const decision = card ? decideAny(actor, card, [need].flat(), tools.now()) : noRelation;
  const event = {
    subjectId: subject.id,
    actorId: actor.userId,
    action,
    why: decision.why,
    ...(actor.roles[0] && { actorRole: actor.roles[0] }),
    ...(card && !decision.allowed && { path: card.path }),
  };
  if (!decision.allowed) {
    await audit(tools, { ...event, outcome: 'refused' });
    throw new Refusal('forbidden', 'forbidden', 'You may not do this.');
  }
  if (decision.why !== 'own record')
    await auditOnce(tools, `${actor.userId} ${subject.id} ${action}`, () =>
      audit(tools, { ...event, outcome: 'allowed' }),
    );
}

const noRelation: Decision = { allowed: false, why: 'no relation' };

function decideAny(actor: Actor, card: AccessCard, needs: readonly Need[], now: string): Decision {
  const decisions = needs.map((need) => decide(actor, card, need, now));
  return decisions.find((decision) => decision.allowed) ?? decisions[0] ?? noRelation;
}

async function auditOnce(tools: Tools, key: string, write: () => Promise<void>): Promise<void> {
  const now = tools.now();
  const last = auditedOnceFor.get(key);
  if (last !== undefined && Date.parse(now) - Date.parse(last) < repeatSeconds * 1000 && last <= now) return;
  await write();
  if (auditedOnceFor.size > 5_000) auditedOnceFor.clear();
  auditedOnceFor.set(key, now);
}
