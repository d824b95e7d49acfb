import { createHash, randomInt } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { getItem } from '../shared/table.ts';
import { addSeconds, expiresAtEpochSeconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { ActivationView, PatientProfile } from './contract.ts';

const days = 14;
/** Without letters and digits that are read for one another. */
const alphabet = 'ABCDEFGHJKMNPQRTUVWXY346789';

const activationKey = (patientId: string) => ({ pk: `PAT#${patientId}`, sk: 'ACTIVATION' });

/** Access pattern 161: a new activation for this patient's account; the one before no longer holds. */
export async function giveActivation(tools: Tools, profile: PatientProfile): Promise<z.infer<typeof ActivationView>> {
  const plain = Array.from({ length: 8 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  const now = tools.now();
  const expiresAt = addSeconds(now, days * 86_400);
  const Item = {
    ...activationKey(profile.patientId),
    kind: 'activation',
    v: 1,
    hash: hashOf(profile.patientId, plain),
    until: expiresAt,
    expiresAtEpochSeconds: expiresAtEpochSeconds(now, days * 86_400),
  };
  await tools.db.send(new PutCommand({ TableName: tools.tableName, Item }));
  return { activation: `${plain.slice(0, 4)}-${plain.slice(4)}`, card: profile.code, expiresAt };
}

/** Access pattern 162: whether this is the activation that was given. */
export async function isActivation(tools: Tools, patientId: string, typed: string): Promise<boolean> {
  const kept = await getItem(tools, activationKey(patientId), z.object({ hash: z.string(), until: z.string() }));
  const plain = typed.toUpperCase().replace(/[\s-]/g, '');
  return kept !== undefined && tools.now() < kept.until && kept.hash === hashOf(patientId, plain);
}

function hashOf(patientId: string, plain: string): string {
  return createHash('sha256').update(`${patientId} ${plain}`).digest('base64url');
}
