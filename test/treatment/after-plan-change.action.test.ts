import { beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../functions/shared/time.ts';
import { catchUp } from '../../functions/treatment/after-plan-change.ts';
import { adherenceView } from '../../functions/treatment/course.ts';
import { days } from '../../functions/treatment/days.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { holdPlan, resumePlan } from '../../functions/treatment/revise-plan.ts';
import { readCard } from '../../functions/treatment/store.ts';
import { aTools, type TestTools } from '../support/tools.ts';
import { anOpeningOf, givenPlan } from './given.ts';

const patientId = 'pat_1';
const first = '2026-10-01';
const ref = { patientId, planId: 'pln_pat_1', author: 'usr_doctor' };
const hold = { holdId: 'h1', from: first, reason: 'liver' };
let tools: TestTools;

const statuses = async (from: string, to: string) =>
  (await days(tools, patientId, from, to)).map((day) => day.status ?? 'none');

/** Sixty days with an opening each, all stored, in the hands of a doctor at the end of November. */
beforeEach(async () => {
  tools = await aTools({ now: '2026-09-30T04:10:00.000Z' });
  await givenPlan(tools, patientId, { start: first });
  for (let n = 0; n < 60; n++) {
    const at = `${addDays(first, n)}T02:40:00.000Z`;
    tools.setNow(at);
    await recordEvidence(tools, { patientId, evidence: anOpeningOf('CC-1', at, n) });
  }
  tools.setNow('2026-11-30T04:10:00.000Z');
});

describe('a hold of sixty past days', () => {
  it('takes all of them along, the months before too, and taking it back restores them', async () => {
    const held = await holdPlan(tools, { ...ref, version: 1 }, hold);
    expect(new Set(await statuses(first, '2026-11-30'))).toEqual(new Set(['hold']));
    expect((await adherenceView(tools, patientId)).whole).toMatchObject({ due: 0, held: 60 });
    await resumePlan(tools, { ...ref, version: held.version }, { holdId: 'h1', on: first });
    expect(new Set(await statuses(first, '2026-11-29'))).toEqual(new Set(['opened']));
    expect((await adherenceView(tools, patientId)).whole).toMatchObject({ due: 60, supported: 60, held: 0 });
  });

  it('asks the table for each day and each month once, and for the plan once for all of them', async () => {
    let sent = 0;
    const counting: typeof tools = {
      ...tools,
      db: new Proxy(tools.db, {
        get: (db, name, self) => {
          if (name === 'send') sent++;
          return Reflect.get(db, name, self);
        },
      }),
    };
    await holdPlan(counting, { ...ref, version: 1 }, hold);
    expect(sent).toBeLessThan(60 * 2 + 40);
  });

  it('that is cut off half way is finished by the night', async () => {
    let writes = 0;
    const dying: typeof tools = {
      ...tools,
      db: new Proxy(tools.db, {
        get: (db, name, self) => {
          if (name === 'send' && ++writes > 60) throw new Error('out of time');
          return Reflect.get(db, name, self);
        },
      }),
    };
    await expect(holdPlan(dying, { ...ref, version: 1 }, hold)).rejects.toThrow('out of time');
    expect(new Set(await statuses(first, '2026-11-29'))).not.toEqual(new Set(['hold']));
    expect(await catchUp(tools, patientId)).toBe('caught up');
    expect(new Set(await statuses(first, '2026-11-30'))).toEqual(new Set(['hold']));
    expect(await catchUp(tools, patientId)).toBe('nothing left');
    expect((await readCard(tools, patientId))?.catchUpFrom).toBeUndefined();
  });
});

describe('a date of a hold or of going on', () => {
  it.each([
    ['before the plan', { from: '2026-09-30' }, '/from'],
    ['years before', { from: '2020-01-01' }, '/from'],
    ['long ahead', { from: '2027-02-15' }, '/from'],
  ])('is not %s', async (_, dates, pointer) => {
    await expect(holdPlan(tools, { ...ref, version: 1 }, { ...hold, ...dates })).rejects.toMatchObject({
      errors: [{ pointer }],
    });
  });

  it.each(['2026-09-30', '2027-02-15'])('to go on is not %s', async (on) => {
    const { version } = await holdPlan(tools, { ...ref, version: 1 }, { ...hold, from: '2026-11-30' });
    await expect(resumePlan(tools, { ...ref, version }, { holdId: 'h1', on })).rejects.toMatchObject({
      errors: [{ pointer: '/on' }],
    });
  });
});
