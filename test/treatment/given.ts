import { addSeconds } from '../../functions/shared/time.ts';
import type { Tools } from '../../functions/shared/tools.ts';
import type { NewEvidence } from '../../functions/treatment/record-evidence.ts';
import { createPlan } from '../../functions/treatment/revise-plan.ts';
import type { PlanInput } from '../../functions/treatment/view-shapes.ts';
import type { Witness } from '../../functions/treatment/witness.ts';

export async function givenPlan(tools: Tools, patientId = 'pat_1', overrides: Partial<PlanInput> = {}) {
  const input: PlanInput = {
    planId: `pln_${patientId}`,
    templateId: 'daily-tablet',
    start: '2026-11-01',
    zone: 'Asia/Kolkata',
    ...overrides,
  };
  return await createPlan(tools, { patientId, author: 'usr_doctor', input });
}

export const twoSlots: NonNullable<PlanInput['prescription']> = {
  slots: [
    { name: 'morning', time: '08:00' },
    { name: 'evening', time: '20:00' },
  ],
  phases: [{ name: 'single' }],
  drugs: [
    {
      medicine: 'delamanid-50',
      inBox: true,
      steps: [
        {
          repeat: { kind: 'daily' },
          doses: [
            { slot: 'morning', count: 2 },
            { slot: 'evening', count: 2 },
          ],
        },
      ],
    },
  ],
};

export function anOpeningOf(boxId: string, at: string, seq: number, receivedAt = addSeconds(at, 2)): NewEvidence {
  const bootId = '7f3a9c21';
  return {
    id: `${boxId}.${bootId}.${seq}`,
    kind: 'opening',
    at,
    receivedAt,
    boxId,
    clock: 'good',
    durationSeconds: 41,
  };
}

export function aWitness(
  boxId: string,
  receivedAt: string,
  heardThrough = receivedAt,
  uploadIntervalHours = 12,
): Witness {
  return {
    holdings: [{ boxId, from: '2026-11-01T03:00:00.000Z' }],
    reports: [{ boxId, receivedAt, heardThrough, uploadIntervalHours }],
  };
}
