import { beforeEach, describe, expect, it } from 'vitest';
import { writeCase } from '../../functions/reports/store.ts';
import { clinicDay } from '../../functions/treatment/clinic-day.ts';
import { recordClinicList } from '../../functions/treatment/clinic-list.ts';
import type { Recorder } from '../../functions/treatment/record-for-person.ts';
import { readDay } from '../../functions/treatment/store.ts';
import { aTools, type TestTools } from '../support/tools.ts';
import { givenPlan, twoSlots } from './given.ts';

const nurse: Recorder = { userId: 'usr_meera', role: 'nurse', staff: true };
const localDate = '2026-11-30';
let tools: TestTools;

beforeEach(async () => {
  tools = await aTools({ now: '2026-11-30T04:10:00.000Z' });
  await givenPlan(tools, 'pat_1');
  await givenPlan(tools, 'pat_2', { prescription: twoSlots });
  for (const [patientId, name] of Object.entries({ pat_1: 'Asha', pat_2: 'Birsa' }))
    await writeCase(tools, {
      ...{ patientId, teamId: 'team_1', code: 'GUM-0001-2', name },
      ...{ slots: [], days28: '', ahead: [], updatedAt: tools.now() },
    });
});

const rows = async () => (await clinicDay(tools, 'team_1', localDate)).rows;
const tick = async (slots: string[]) => {
  const input = { listId: 'l1', localDate, inPerson: true, ticks: [{ patientId: 'pat_2', slots }] };
  return (await recordClinicList(tools, { by: nurse, input }))[0]?.outcome;
};

it('a list of a day gone by gives every dose, however long the name of the list', async () => {
  const ticks = [{ patientId: 'pat_2', slots: ['morning', 'evening'] }];
  const input = { listId: 'l'.repeat(80), localDate: '2026-11-29', inPerson: false, reason: 'paper register', ticks };
  await recordClinicList(tools, { by: nurse, input });
  const day = await readDay(tools, 'pat_2', '2026-11-29');
  expect(day?.written.map(({ status }) => status)).toEqual(['said', 'said']);
});

describe('a clinic day', () => {
  it('says of each dose which one it is, at what time, and from when until when it is open', async () => {
    const [asha, birsa] = await rows();
    expect(asha?.slots).toMatchObject([{ name: 'day', plannedTime: '08:00', status: 'yet' }]);
    expect(birsa?.slots).toMatchObject([
      { name: 'morning', plannedTime: '08:00', closesAt: '2026-11-30T08:30:00.000Z', status: 'yet' },
      { name: 'evening', plannedTime: '20:00', opensAt: '2026-11-30T08:30:00.000Z', status: 'yet' },
    ]);
  });

  it('records the dose that was ticked and no other, and none before it is open', async () => {
    expect(await tick(['evening'])).toBe('nothing-due');
    expect(await tick(['morning'])).toBe('recorded');
    expect((await rows())[1]?.slots.map(({ status }) => status)).toEqual(['seen', 'yet']);
  });
});
