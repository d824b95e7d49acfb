import type { Account, DemoPeople } from '../../control/people.ts';
import { staff } from '../people/staff.ts';
import { stories, takesFromNow } from '../people/stories.ts';
import { type Foundation, firstAdministrator, foundation } from './foundation.ts';
import { AT_GUMLA, demoBox, liveTheRest } from './rest.ts';
import { imtiyazWrites, prepareTeam, type StoryPeople, tellStories, the } from './stories.ts';

/** The steps of the seed, in order; the first administrator is for who starts with nothing. */
export type Step = 'first-administrator' | 'stories' | 'team' | 'imtiyaz-writes' | 'rest';

let made: Foundation | undefined;
let told: StoryPeople | undefined;

/** Runs in a thread of its own as one more function would, with the operator's key and the moved clock. */
export async function handler({ step }: { step: Step }): Promise<DemoPeople> {
  const boxes: DemoPeople['boxes'] = [];
  if (step === 'first-administrator') made = await firstAdministrator();
  if (step === 'stories') {
    made = await foundation();
    told = await tellStories(made.crew);
    // The stories' boxes do what the buttons of the demonstration say.
    for (const [name, life] of told.lives)
      boxes.push(...[demoBox(life, { takes: takesFromNow[name] ?? 0, dead: name === 'jitendra' }) ?? []].flat());
    return {
      accounts: [...withCaseload(made, Object.keys(stories).length), ...told.accounts],
      boxes,
      contacts: contacts(),
    };
  }
  if (step === 'team') await prepareTeam(before(made).crew);
  if (step === 'imtiyaz-writes') {
    const { lives, accounts } = before(told);
    const one = the(lives, 'imtiyaz');
    await imtiyazWrites(one, accounts.find((account) => account.patientId === one.patientId)?.userId ?? '');
  }
  if (step === 'rest') boxes.push(...(await liveTheRest(before(made).crew, (line) => console.log(line))));
  if (step === 'rest') return { accounts: withCaseload(before(made), AT_GUMLA), boxes, contacts: {} };
  return { accounts: step === 'first-administrator' ? before(made).accounts : [], boxes, contacts: {} };
}

/** All accounts of staff; the nurse of the demonstration with how many patients she has by now. */
function withCaseload({ accounts }: Foundation, patients: number): Account[] {
  return accounts.map((account) => (account.name === 'Meera Toppo' ? { ...account, patients } : account));
}

/** Whose an address is, for the page of messages that left. */
function contacts(): Record<string, string> {
  const found: Record<string, string> = { 'manoj.kushwaha@careconnect.example': 'Manoj Kushwaha' };
  for (const { name, email, phone } of staff) Object.assign(found, { [email]: name, [phone]: name });
  for (const { who, phone } of Object.values(stories)) if (phone) found[phone.number] = who.name;
  return found;
}

function before<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the steps of the seed have an order');
  return value;
}
