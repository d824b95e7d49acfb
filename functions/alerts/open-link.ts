import { createHash, randomBytes } from 'node:crypto';
import { type AccessCard, type Decision, decide } from '../shared/access.ts';
import { readAccessCard, readActor } from '../shared/access-store.ts';
import { audit } from '../shared/audit.ts';
import { addSeconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { acknowledge } from './acknowledge.ts';
import type { OpenLinkAnswer } from './contract.ts';
import { policyOf } from './policy-of.ts';
import { type OpenLink, putLink, readAlert, readLink } from './store.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

/** A random token for one person, one alert and one day. Only its hash is kept. */
export async function makeOpenLink(
  tools: Tools,
  { patientId, alertId, userId }: { patientId: string; alertId: string; userId: string },
): Promise<string> {
  const token = randomBytes(16).toString('base64url');
  const alert = await readAlert(tools, patientId);
  const { linkHours } = await policyOf(tools, alert?.teamId ?? '');
  const expiresAt = addSeconds(tools.now(), linkHours * 3600);
  await putLink(tools, hashOf(token), { patientId, alertId, userId, expiresAt });
  return token;
}

/**
 * "I'm on it" from a message, for who may still care for the patient: the link is no more than its person. It says what
 * became of it and nothing about anybody.
 */
export async function acknowledgeByLink(tools: Tools, token: string): Promise<OpenLinkAnswer> {
  const link = await readLink(tools, hashOf(token));
  if (!link || link.expiresAt <= tools.now()) return { outcome: 'expired' };
  const { allowed, why, path } = await decisionOn(tools, link);
  await audit(tools, {
    subjectId: link.patientId,
    actorId: link.userId,
    action: 'acknowledge an alert by link',
    outcome: allowed ? 'allowed' : 'refused',
    why,
    ids: [link.alertId],
    ...(!allowed && path && { path }),
  });
  if (!allowed) return { outcome: 'expired' };
  const outcome = await acknowledge(tools, { ...link, by: link.userId, through: 'link' });
  if (outcome.outcome === 'gone') return { outcome: 'closed' };
  return { outcome: outcome.outcome === 'acknowledged' ? 'acknowledged' : 'already' };
}

/** The same question as in the app, asked now. */
async function decisionOn(tools: Tools, { patientId, userId }: OpenLink): Promise<Decision & Partial<AccessCard>> {
  const [actor, card] = await Promise.all([
    readActor(tools, userId),
    readAccessCard(tools, { kind: 'patient', id: patientId }),
  ]);
  if (!actor || !card) return { allowed: false, why: 'no relation' };
  return { ...decide(actor, card, 'care', tools.now()), path: card.path };
}
