import type { DayFacts, SlotFacts } from '../../functions/treatment/derive-day.ts';
import type { Evidence } from '../../functions/treatment/evidence.ts';
import type { Drug, MedicationPlan, PlanVersion } from '../../functions/treatment/plan-shapes.ts';

export function aDrug(overrides: Partial<Drug> = {}): Drug {
  return {
    medicine: 'isoniazid-300',
    inBox: true,
    steps: [{ repeat: { kind: 'daily' }, doses: [{ slot: 'day', count: 1 }] }],
    ...overrides,
  };
}

export function aVersion(overrides: Partial<PlanVersion> = {}): PlanVersion {
  return {
    n: 1,
    from: '2026-11-01',
    zone: 'Asia/Kolkata',
    dayRollsAt: '03:00',
    slots: [{ name: 'day', time: '08:00' }],
    drugs: [aDrug()],
    author: 'usr_doctor',
    authoredOn: '2026-10-30T05:00:00.000Z',
    ...overrides,
  };
}

export function aPlan(overrides: Partial<MedicationPlan> & { version1?: Partial<PlanVersion> } = {}): MedicationPlan {
  const { version1, ...rest } = overrides;
  const start = rest.start ?? '2026-11-01';
  return {
    planId: 'pln_1',
    patientId: 'pat_1',
    status: 'active',
    intent: 'order',
    title: 'One tablet a day',
    start,
    phases: [{ name: 'single' }],
    versions: [aVersion({ from: start, ...version1 })],
    holds: [],
    refills: [],
    version: 1,
    ...rest,
  };
}

export const twiceDaily = {
  slots: [
    { name: 'morning', time: '08:00' },
    { name: 'evening', time: '20:00' },
  ],
  drugs: [
    aDrug({
      steps: [
        {
          repeat: { kind: 'daily' },
          doses: [
            { slot: 'morning', count: 1 },
            { slot: 'evening', count: 1 },
          ],
        },
      ],
    }),
  ],
} as const satisfies { slots: PlanVersion['slots']; drugs: PlanVersion['drugs'] };

/** 30 November 2026 in Kolkata: the dosing day runs from 21:30Z to 21:30Z. */
export function aSlot(overrides: Partial<SlotFacts> = {}): SlotFacts {
  return {
    name: 'day',
    plannedAt: '2026-11-30T02:30:00.000Z',
    opensAt: '2026-11-29T21:30:00.000Z',
    closesAt: '2026-11-30T21:30:00.000Z',
    inBox: true,
    critical: false,
    ...overrides,
  };
}

export function aDay(overrides: Partial<DayFacts> = {}): DayFacts {
  return {
    localDate: '2026-11-30',
    startsAt: '2026-11-29T21:30:00.000Z',
    endsAt: '2026-11-30T21:30:00.000Z',
    policyVersion: 'd1',
    slots: [aSlot()],
    evidence: [],
    holdings: [{ boxId: 'CC-4471', from: '2026-11-01T04:00:00.000Z' }],
    reports: [],
    refills: [],
    ...overrides,
  };
}

export function anOpening(at: string, overrides: Partial<Evidence> = {}): Evidence {
  return { id: `opening:CC-4471:${at}`, kind: 'opening', at, receivedAt: at, boxId: 'CC-4471', ...overrides };
}

export function said(kind: Evidence['kind'], receivedAt: string, overrides: Partial<Evidence> = {}): Evidence {
  return { id: `${kind}:${receivedAt}`, kind, at: receivedAt, receivedAt, slot: 'day', author: 'usr_a', ...overrides };
}
