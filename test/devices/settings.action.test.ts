import { beforeEach, describe, expect, it } from 'vitest';
import { returnBox } from '../../functions/devices/allocate.ts';
import { askBox, askBoxOf, type Shadow } from '../../functions/devices/ask-box.ts';
import { readBox } from '../../functions/devices/store.ts';
import type { TelemetryEvent } from '../../functions/devices/telemetry-shapes.ts';
import { boxView } from '../../functions/devices/views.ts';
import { changePlan } from '../../functions/treatment/revise-plan.ts';
import { stopTreatment } from '../../functions/treatment/stop-treatment.ts';
import type { TestTools } from '../support/tools.ts';
import { devicesTools, givenHeldBox, sends } from './support/given.ts';

let tools: TestTools;
let asked: Record<string, unknown>[];
const shadow: Shadow = {
  put: async (_boxId, desired) => {
    asked.push({ ...desired });
  },
};
const plan = { patientId: 'pat_1', planId: 'pln_pat_1', version: 1, author: 'usr_doctor' };
beforeEach(async () => {
  tools = await devicesTools();
  asked = [];
  await givenHeldBox(tools);
  await askBoxOf(tools, shadow, 'pat_1');
});

const alarm = async () => {
  const box = await readBox(tools, 'CC-4471');
  return box && boxView(box, tools.now()).alarm;
};

describe('the alarm of a box', () => {
  it('follows the plan on the wall clock of the patient, and is asked for once', async () => {
    expect(asked).toMatchObject([
      { v: 1, alarmTimes: ['08:00'], utcOffsetMinutes: 330, uploadIntervalHours: 1, refillOn: null },
    ]);
    expect(await askBoxOf(tools, shadow, 'pat_1')).toBe('in step');
    expect(asked).toHaveLength(1);
  });

  it('is asked for 20:00 until the box has confirmed it', async () => {
    await changePlan(tools, plan, {
      from: '2026-11-30',
      reason: 'sleeps better',
      slots: [{ name: 'day', time: '20:00' }],
    });
    await askBoxOf(tools, shadow, 'pat_1');
    expect(await alarm()).toMatchObject({ requested: ['20:00'], inStep: false });
    const { requestId } = asked.at(-1) ?? {};
    const confirmed: TelemetryEvent = {
      v: 1,
      bootId: 'b1',
      seq: 4,
      deviceTime: '2026-11-30T04:09:00Z',
      kind: 'alarm-changed',
      alarmTimes: ['20:00'],
      requestId: String(requestId),
    };
    await sends(tools, confirmed);
    expect(await alarm()).toMatchObject({
      confirmed: ['20:00'],
      confirmedAt: '2026-11-30T04:09:00.000Z',
      inStep: true,
    });
  });

  it('is cleared when treatment stops', async () => {
    await stopTreatment(tools, plan, { reason: 'died' });
    await askBoxOf(tools, shadow, 'pat_1');
    expect(asked.at(-1)).toMatchObject({ alarmTimes: [] });
  });

  it('is cleared when the box comes back', async () => {
    await returnBox(tools, { patientId: 'pat_1', actorId: 'usr_nurse' });
    await askBox(tools, shadow, 'CC-4471');
    expect(asked.at(-1)).toMatchObject({ alarmTimes: [] });
  });

  it('says nothing of a person', () => {
    expect(JSON.stringify(asked)).not.toContain('pat_');
  });
});
