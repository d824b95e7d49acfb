import { expect, it } from 'vitest';
import { allocateBox } from '../../functions/devices/allocate.ts';
import { incidentOpen } from '../../functions/devices/check.ts';
import { lookAtBox, lookAtFacility } from '../../functions/reminders/box-steps.ts';
import { givenPatient, settingTools } from '../alerts/given.ts';
import { facility, givenBox } from '../devices/support/given.ts';

it('an outage is found out once: whatever box asks then reads its own and the incident, not the whole facility', async () => {
  const tools = await settingTools('2026-11-20T04:00:00.000Z');
  const boxes = 30;
  for (let n = 0; n < boxes; n++) {
    const [boxId, patientId] = [`CC-${1000 + n}`, `pat_${n}`];
    await givenPatient(tools, { patientId, code: `GUM-${1000 + n}-2` });
    await givenBox(tools, boxId);
    await allocateBox(tools, { boxId, patientId, from: tools.now(), actorId: 'usr_nurse' });
  }
  tools.advance(3 * 3600);
  const readsOf = async (act: () => Promise<unknown>) => {
    tools.units();
    await act();
    return tools.units().reads;
  };
  const whole = await readsOf(() => lookAtFacility(tools, facility.facilityId));
  expect(await incidentOpen(tools, facility.facilityId)).toBe(true);
  for (let n = 0; n < boxes; n++) expect(await readsOf(() => lookAtBox(tools, `pat_${n}`))).toBeLessThan(whole / 2);
});
