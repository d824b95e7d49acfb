import { cognitoUserPool } from '../../../../functions/identity/cognito.ts';
import type { IdentityTools } from '../../../../functions/identity/identity-tools.ts';
import { join } from '../../../../functions/identity/join.ts';
import { openAccount } from '../../../../functions/identity/open-account.ts';
import { linkAccount, readProfile } from '../../../../functions/identity/patient-store.ts';
import { addSupporter } from '../../../../functions/identity/supporters.ts';
import type { Account } from '../../control/people.ts';
import { PASSWORD } from '../people/staff.ts';
import { patientActor } from './care.ts';
import type { Enrolled } from './enrol.ts';
import { present } from './tools.ts';

const pool = cognitoUserPool();

/** What a request would have carried. */
function requested(post: IdentityTools['post']): IdentityTools {
  const request = {
    id: 'seed',
    source: '127.0.0.1',
    userAgent: 'seed',
    header: () => undefined,
    cookie: () => undefined,
  };
  return { ...present, pool, post, request };
}

const silent = { sms: () => Promise.resolve(), email: () => Promise.resolve() };

/** An account of a patient's own: the number on the card and a password. */
export async function patientAccount(one: Enrolled): Promise<Account> {
  const tools = requested(silent);
  const { name, language } = one.patient.who;
  const username = one.code.toLowerCase();
  const phone = one.patient.phone?.use === 'own' ? { phone: one.patient.phone.number } : {};
  const { patientId } = one;
  const opened = await openAccount(tools, {
    ...{ username, name, language, role: 'patient', password: PASSWORD, patientId },
    ...phone,
  });
  const profile = await readProfile(tools, patientId);
  if (!profile || (await linkAccount(tools, profile, opened.pool.userId)) === 'conflict')
    throw new Error(`${name} has an account already`);
  return { role: 'patient', name, signIn: one.code, password: PASSWORD, userId: opened.pool.userId, patientId };
}

/** Somebody at home who helps, with an account made by the link that they were sent. */
export async function supporterAccount(one: Enrolled, name: string, email: string): Promise<Account> {
  let token = '';
  const read = (_: string, text: string) => {
    token = /\/join#([\w-]+)/.exec(text)?.[1] ?? '';
    return Promise.resolve();
  };
  const tools = requested({ sms: read, email: (to, _, text) => read(to, text) });
  const supporterId = `sup-${one.patientId.slice(-8)}`;
  const sees = { medicines: false, diagnosis: false, history: false, phone: true };
  const input = { supporterId, name, relation: 'husband', email, sees, invite: true };
  await addSupporter({ ...tools, actor: patientActor(one) }, one.patientId, input);
  const joined = await join(tools, { token, name, password: PASSWORD });
  const userId = joined.step.step === 'done' ? joined.step.viewer.userId : undefined;
  return { role: 'supporter', name, signIn: email, password: PASSWORD, ...(userId && { userId }) };
}
