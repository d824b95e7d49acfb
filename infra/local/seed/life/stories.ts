import { evaluatePatient } from '../../../../functions/alerts/evaluate-patient.ts';
import { subscribeTopic } from '../../../../functions/notifications/topic-subscription.ts';
import { snsTopics } from '../../../../functions/notifications/topics.ts';
import { teamOf } from '../../../../functions/organisations/team-of.ts';
import { planDigest } from '../../../../functions/reminders/night.ts';
import type { Account } from '../../control/people.ts';
import { teamGumla } from '../people/places.ts';
import { staff } from '../people/staff.ts';
import { type StoryName, stories } from '../people/stories.ts';
import { ago, TODAY } from '../when.ts';
import { patientAccount, supporterAccount } from './accounts.ts';
import { patientActor, recorded } from './care.ts';
import { type Enrolled, enrol } from './enrol.ts';
import { finish } from './finish.ts';
import type { Crew } from './foundation.ts';
import { type Life, lifeOf } from './ordinary-life.ts';
import { storyLives } from './story-lives.ts';
import { past, present } from './tools.ts';

export type StoryPeople = {
  readonly lives: ReadonlyMap<StoryName, Life>;
  readonly accounts: readonly Account[];
};

/** The eight up to this morning, and who of them has an account. */
export async function tellStories(crew: Crew): Promise<StoryPeople> {
  const [nurse, doctor, worker] = [who(crew, 'meera'), who(crew, 'kerketta'), who(crew, 'phulmani')];
  const lives = new Map<StoryName, Life>();
  await Promise.all(
    (Object.keys(stories) as StoryName[]).map(async (name) => {
      const patient = stories[name];
      const one = await enrol(patient, { nurse, doctor }, past(patient.number));
      const life = lifeOf(one, patient, { nurse, worker });
      lives.set(name, life);
      await storyLives[name](life, crew);
      await finish(one);
    }),
  );
  await rameshAtNight(the(lives, 'ramesh'));
  const accounts = [
    await patientAccount(the(lives, 'sunita')),
    await patientAccount(the(lives, 'imtiyaz')),
    await supporterAccount(the(lives, 'sunita'), 'Manoj Kushwaha', 'manoj.kushwaha@careconnect.example'),
  ];
  return { lives, accounts };
}

/** Two colleagues hear of red alerts by the team's topic too; the morning's digest waits for its hour. */
export async function prepareTeam(crew: Crew): Promise<void> {
  for (const key of ['agnes', 'teresa']) {
    const { email = '' } = staff.find((one) => one.key === key) ?? {};
    const input = { protocol: 'email' as const, endpoint: email, severities: ['red' as const] };
    await subscribeTopic(present, snsTopics(), { userId: who(crew, key).userId, teamId: teamGumla.teamId, input });
  }
  const team = await teamOf(present, teamGumla.teamId);
  if (team) await planDigest(present, team);
}

/** At 07:52 Imtiyaz writes that he wants to stop. */
export async function imtiyazWrites(one: Enrolled, userId: string): Promise<void> {
  const said = { kind: 'cannot-take', reason: 'want-to-stop', note: 'I feel well now. Why go on?' } as const;
  const slot = { evidenceId: 'seed.imtiyaz.1', localDate: TODAY, slot: 'day' };
  await recorded({ ...one, past: () => present }, patientActor(one, userId), present.now(), { ...said, ...slot });
}

/** His third evening is known at 03:05; what is to be said about it then waits for working hours, as it would have. */
async function rameshAtNight(one: Enrolled): Promise<void> {
  const then = one.past(ago(0, '03:06'));
  const night = { ...then, send: present.send };
  await evaluatePatient(night, one.patientId);
}

export function who(crew: Crew, key: string) {
  const actor = crew.get(key);
  if (!actor) throw new Error(`nobody is called ${key}`);
  return actor;
}

export function the(lives: StoryPeople['lives'], name: StoryName): Enrolled {
  const life = lives.get(name);
  if (!life) throw new Error(`${name} is not enrolled`);
  return life.one;
}
