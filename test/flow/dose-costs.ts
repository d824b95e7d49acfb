import * as z from 'zod/mini';
import { routes as alertRoutes } from '../../functions/alerts/api.ts';
import { WorklistView } from '../../functions/alerts/contract.ts';
import type { PlanInput } from '../../functions/treatment/view-shapes.ts';
import { anActor } from '../support/tools.ts';
import { FlowBox, givenNurse, givenPatient, givenTeam } from './given.ts';
import { Person } from './person.ts';
import { Flow, type Spent } from './pump.ts';

/** Every other day at 08:00 in Kolkata, so that a dose ends before the next one begins; the first is due on Monday. */
function plan(critical: boolean): Partial<PlanInput> {
  const doses = [{ slot: 'day', count: 1 }];
  const step = { repeat: { kind: 'every-other-day' as const }, doses };
  return {
    start: '2026-11-30',
    prescription: {
      slots: [{ name: 'day', time: '08:00' }],
      phases: [{ name: 'single' }],
      drugs: [
        {
          medicine: 'bedaquiline-100',
          inBox: true,
          steps: [critical ? { ...step, critical: 'bedaquiline-loading' as const } : step],
        },
      ],
    },
  };
}

/** The box speaks twice a day, as most do. */
const beats = ['2026-11-29T22:30:00.000Z', '2026-11-30T10:30:00.000Z', '2026-11-30T22:30:00.000Z'];
/** The last quiet minute before the next dose's own day. */
const end = '2026-12-01T21:00:00.000Z';

type Story = { readonly flow: Flow; readonly box: FlowBox; readonly patientId: string };

async function monday(endpoint: string, patientId: string, critical = false): Promise<Story> {
  const flow = await Flow.start(endpoint, { now: '2026-11-29T10:30:00.000Z' });
  const team = await givenTeam(flow);
  await givenNurse(flow, team);
  const given = { patientId, plan: plan(critical), uploadIntervalHours: 12 };
  await givenPatient(flow, team, given);
  const box = new FlowBox(flow);
  await box.beats();
  await flow.goTo('2026-11-29T21:35:00.000Z');
  flow.reset();
  return { flow, box, patientId };
}

/** Lets the day pass, with what the box says and what happens at these instants. */
async function pass({ flow, box }: Story, happens: Readonly<Record<string, () => Promise<void>>>): Promise<number> {
  const beat = Object.fromEntries(beats.map((at) => [at, () => box.beats()]));
  for (const [at, act] of Object.entries({ ...beat, ...happens }).sort(([a], [b]) => (a < b ? -1 : 1))) {
    await flow.goTo(at);
    await act();
  }
  await flow.goTo(end);
  return ofTheDose(flow.spent);
}

/** Without what has a bar of its own: the tick's one write a minute for everybody, the heartbeats, a list for the whole team. */
function ofTheDose({ writes, by }: Spent): number {
  const lists = Object.entries(by).filter(([what]) => what === 'tick' || what.startsWith('GET '));
  return writes - beats.length - lists.reduce((sum, [, own]) => sum + own.writes, 0);
}

/** Write units of a dose from the beginning of its dosing day until nothing of it is left to do. */
export async function takenBeforeReminder(endpoint: string): Promise<number> {
  const story = await monday(endpoint, 'pat_early');
  return await pass(story, { '2026-11-30T02:10:00.000Z': () => story.box.opens() });
}

export async function takenAfterReminder(endpoint: string): Promise<number> {
  const story = await monday(endpoint, 'pat_reminded');
  return await pass(story, { '2026-11-30T03:10:00.000Z': () => story.box.opens() });
}

/** The minute in which a dose is due: the reminder and the next timer. */
export async function dueMinute(endpoint: string): Promise<{ writes: number; transactions: number }> {
  const { flow } = await monday(endpoint, 'pat_due');
  await flow.goTo('2026-11-30T02:29:30.000Z');
  flow.reset();
  let transactions = 0;
  flow.tools.db.middlewareStack.add(
    (next, context) => async (args) => {
      if (/^Transact/.test(context.commandName ?? '')) transactions += 1;
      return await next(args);
    },
    { step: 'initialize', name: 'transactions' },
  );
  await flow.goTo('2026-11-30T02:31:00.000Z');
  return { writes: flow.spent.writes - (flow.spent.by.tick?.writes ?? 0), transactions };
}

/** In a critical week: told at once in working hours, acknowledged in the app, called, closed with its outcome. */
export async function missedAndResolved(endpoint: string): Promise<number> {
  const story = await monday(endpoint, 'pat_missed', true);
  const { flow, patientId } = story;
  const teams = [{ teamId: 'team_1' }];
  const nurse = new Person(flow, anActor({ userId: 'usr_meera', roles: ['nurse'], teams }), alertRoutes);
  let alert = '';
  return await pass(story, {
    '2026-12-01T04:00:00.000Z': async () => {
      const list = z.parse(WorklistView, await nurse.get('/api/alerts/teams/team_1/worklist'));
      alert = `/api/alerts/patients/${patientId}/alerts/${list.now[0]?.rowId}`;
      await nurse.post(`${alert}/acknowledge`);
    },
    '2026-12-01T04:10:00.000Z': async () => {
      await nurse.post(`${alert}/resolve`, { outcome: 'reached-not-taken', why: 'forgot' });
    },
  });
}
