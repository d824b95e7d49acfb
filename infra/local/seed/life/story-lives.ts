import { alertOf } from '../../../../functions/alerts/alert-of.ts';
import { promiseToPatient } from '../../../../functions/alerts/answer-task.ts';
import { reassignAlert } from '../../../../functions/alerts/note.ts';
import { checkBox } from '../../../../functions/devices/check.ts';
import { teamOf } from '../../../../functions/organisations/team-of.ts';
import { declareAway } from '../../../../functions/treatment/away.ts';
import type { StoryName } from '../people/stories.ts';
import { ago, dateAgo, TODAY } from '../when.ts';
import { closed, judged, patientActor, recorded, settled } from './care.ts';
import type { Crew } from './foundation.ts';
import { type Life, liveDays } from './ordinary-life.ts';

/** A patient's story up to the morning on which the demonstration begins. */
export type StoryLife = (life: Life, crew: Crew) => Promise<void>;

export const storyLives: Readonly<Record<StoryName, StoryLife>> = {
  /** One dose not opened in her first week. Known on Saturday; given to Phulmani, who has not said that she is on it. */
  async budhni(life, crew) {
    await liveDays(life, 6, 4);
    await closed(life.one, dateAgo(3));
    await life.box?.open(ago(2, '10:19'));
    await judged(life.one, ago(2, '10:20'));
    await give(life, crew, 'phulmani', ago(2, '10:31'));
    await life.box?.open(ago(1, '09:48'));
    await life.box?.send(ago(0, '03:24'));
  },
  /** Three evenings running not opened; the box speaks every night. */
  async ramesh(life) {
    await liveDays(life, 38, 4);
    for (const daysAgo of [3, 2, 1]) {
      await life.box?.open(ago(daysAgo, '08:17'));
      await closed(life.one, dateAgo(daysAgo));
      await life.box?.send(ago(daysAgo - 1, '03:05'));
      if (daysAgo > 1) await judged(life.one, ago(daysAgo - 1, '03:06'));
    }
  },
  async imtiyaz(life) {
    await liveDays(life, 59, 1);
    await life.box?.send(ago(0, '03:31'));
  },
  /** Her box sleeps for two days at a time; what it has to say comes at 08:40. */
  async rajrajeshwari(life) {
    await liveDays(life, 12, 3);
    await life.box?.send(ago(3, '20:40'));
    for (const daysAgo of [2, 1]) await closed(life.one, dateAgo(daysAgo));
  },
  /** Stomach pain since Saturday, a call promised for today; one day of which nothing is known. */
  async sunita(life, crew) {
    const { one } = life;
    await liveDays(life, 20, 6);
    life.box?.lose();
    await closed(one, dateAgo(5));
    await liveDays(life, 4, 3);
    const said = { kind: 'cannot-take', reason: 'side-effect', note: 'Stomach pain' } as const;
    const slot = { evidenceId: 'seed.sunita.1', localDate: dateAgo(2), slot: 'day' };
    await recorded(one, patientActor(one), ago(2, '09:12'), { ...said, ...slot });
    await judged(one, ago(2, '09:13'));
    await promised(life, crew);
    await closed(one, dateAgo(2));
    await life.box?.open(ago(1, '08:26'));
    await life.box?.send(ago(0, '03:12'));
    await judged(one, ago(0, '03:13'));
  },
  /** Four of seven not opened, called twice in vain; a visit is promised for today. */
  async lakshmi(life, crew) {
    const phulmani = crew.get('phulmani');
    await liveDays(life, 58, 8);
    for (const daysAgo of [7, 6, 5, 4]) {
      await closed(life.one, dateAgo(daysAgo));
      await life.box?.send(ago(daysAgo - 1, '03:15'));
      await judged(life.one, ago(daysAgo - 1, '03:16'));
    }
    const note = 'Home visit, Palkot. Not reachable by phone twice.';
    const nextStep = { kind: 'visit', on: TODAY } as const;
    if (phulmani) await settled(life.one, phulmani, ago(3, '11:30'), { outcome: 'visit-planned', note, nextStep });
    for (const daysAgo of [3, 2, 1]) await life.box?.open(ago(daysAgo, '17:10'));
    await life.box?.send(ago(0, '03:18'));
  },
  /** The box went silent on Friday; since then there is no news of any kind. */
  async jitendra(life) {
    await liveDays(life, 57, 4);
    await life.box?.send(ago(3, '03:09'));
    for (const daysAgo of [3, 2, 1]) await closed(life.one, dateAgo(daysAgo));
    await checkBox(life.one.past(ago(2, '03:30')), life.patient.box?.serial ?? '');
    await judged(life.one, ago(0, '03:02'));
  },
  /** Went to Ranchi without the box and should be back. */
  async anjali(life) {
    const { one } = life;
    await liveDays(life, 44, 10);
    const why = { reason: 'travelling-without-box', recordedBy: 'patient' } as const;
    const input = { awayId: `away.${one.patientId.slice(-8)}`, from: dateAgo(9), expectedEnd: dateAgo(1), ...why };
    await declareAway(one.past(ago(9, '06:40')), { patientId: one.patientId, author: one.patientId, input });
    for (let daysAgo = 8; daysAgo >= 0; daysAgo--) await life.box?.send(ago(daysAgo, '03:22'));
    await judged(one, ago(0, '03:23'));
  },
};

async function give(life: Life, crew: Crew, to: string, at: string): Promise<void> {
  const { one } = life;
  const meera = crew.get('meera');
  const tools = one.past(at);
  const [team, alert] = await Promise.all([teamOf(tools, one.teamId), alertOf(tools, one.patientId)]);
  const ownerId = crew.get(to)?.userId;
  if (!team || !meera || !alert || ownerId === undefined) throw new Error('there is no alert to give');
  const ref = { patientId: one.patientId, alertId: alert.alertId, ownerId };
  await reassignAlert(tools, team, { ...ref, by: meera.userId, byName: meera.displayName });
}

/** Meera answers "stomach pain" on Saturday and says that she will call today before one. */
async function promised({ one }: Life, crew: Crew): Promise<void> {
  const meera = crew.get('meera');
  if (!meera) throw new Error('nobody to promise');
  const tools = one.past(ago(2, '10:05'));
  const taskId = `cannot.${dateAgo(2)}.day.side-effect`;
  const { patientId, code: patientCode, teamId } = one;
  const call = { what: 'call', on: TODAY, by: ago(0, '13:00'), note: 'Stomach pain since Saturday.' } as const;
  await promiseToPatient(tools, meera, { patientId, patientCode, teamId }, { taskId: `promise.${taskId}`, ...call });
}
