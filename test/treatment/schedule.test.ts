import { describe, expect, it } from 'vitest';
import { addDays } from '../../functions/shared/time.ts';
import { medicineOf } from '../../functions/treatment/medicines.ts';
import { dosesOn, phaseOn, versionOn } from '../../functions/treatment/schedule.ts';
import { prescriptionFor, templates } from '../../functions/treatment/templates.ts';
import { aDrug, aPlan, aVersion } from './builders.ts';

const pills = (plan: ReturnType<typeof aPlan>, date: string) =>
  Object.fromEntries(dosesOn(plan, date).map((dose) => [dose.medicine, dose.count]));

function planOf(templateId: string, start: string, weightKg?: number) {
  const choice = prescriptionFor(templateId, weightKg);
  if (choice.kind !== 'chosen') throw new Error(choice.kind);
  const { slots, drugs, phases } = choice.prescription;
  return aPlan({ start, phases, version1: { slots, drugs } });
}

describe('a plan on a dosing day', () => {
  it.each([
    ['the first day of loading', '2026-11-02', 4],
    ['the last day of loading', '2026-11-15', 4],
    ['a Monday after it', '2026-11-16', 2],
    ['a Tuesday after it', '2026-11-17', undefined],
    ['a Wednesday after it', '2026-11-18', 2],
    ['a Friday after it', '2026-11-20', 2],
    ['a Sunday after it', '2026-11-22', undefined],
  ])('gives bedaquiline on %s', (_when, date, count) => {
    expect(pills(planOf('bpalm', '2026-11-02'), date)['bedaquiline-100']).toBe(count);
  });

  it('changes drugs between the phases of first-line treatment without a day of both or neither', () => {
    const plan = planOf('2hrze-4hr', '2026-11-02', 52);
    for (let day = 0; day < 168; day++) {
      const taken = pills(plan, addDays('2026-11-02', day));
      expect(taken).toEqual(day < 56 ? { 'hrze-fdc': 4 } : { 'hr-fdc': 4 });
    }
  });

  it('counts every other day from the drug’s own first day, across a month', () => {
    const plan = aPlan({
      start: '2026-11-27',
      version1: {
        drugs: [
          aDrug({
            start: '2026-11-28',
            steps: [{ repeat: { kind: 'every-other-day' }, doses: [{ slot: 'day', count: 1 }] }],
          }),
        ],
      },
    });
    const days = ['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02'];
    expect(days.map((date) => dosesOn(plan, date).length)).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('is nothing before the start, after the end and after the stop', () => {
    const plan = aPlan({
      end: '2026-11-20',
      stopped: { reason: 'died', on: '2026-11-10', at: '2026-11-10T05:00:00.000Z', author: 'usr_a' },
    });
    expect(['2026-10-31', '2026-11-10', '2026-11-11', '2026-11-21'].map((date) => dosesOn(plan, date).length)).toEqual([
      0, 1, 0, 0,
    ]);
  });

  it('marks what is on hold, the whole plan or one drug', () => {
    const hold = {
      from: '2026-11-05',
      to: '2026-11-06',
      reason: 'vomiting',
      author: 'usr_a',
      at: '2026-11-05T05:00:00.000Z',
    };
    const both = { version1: { drugs: [aDrug(), aDrug({ medicine: 'pyridoxine-25' })] } };
    const whole = aPlan({ ...both, holds: [{ id: 'h1', ...hold }] });
    const one = aPlan({ ...both, holds: [{ id: 'h1', ...hold, drugs: ['isoniazid-300'] }] });
    const held = (plan: ReturnType<typeof aPlan>, date: string) => dosesOn(plan, date).map((dose) => dose.held);
    expect(held(whole, '2026-11-06')).toEqual([true, true]);
    expect(held(one, '2026-11-06')).toEqual([true, false]);
    expect(held(whole, '2026-11-07')).toEqual([false, false]);
  });

  it('takes the version that holds on the day, the later of two from the same date', () => {
    const plan = aPlan({
      versions: [aVersion(), aVersion({ n: 2, from: '2026-11-10' }), aVersion({ n: 3, from: '2026-11-10' })],
    });
    expect(['2026-10-01', '2026-11-09', '2026-11-10', '2026-12-01'].map((date) => versionOn(plan, date).n)).toEqual([
      1, 1, 3, 3,
    ]);
  });

  it('knows the phase of a day', () => {
    const plan = planOf('2hrze-4hr', '2026-11-02', 52);
    expect(phaseOn(plan, '2026-12-27')).toEqual({ name: 'intensive', from: '2026-11-02', to: '2026-12-27' });
    expect(phaseOn(plan, '2026-12-28')?.name).toBe('continuation');
    expect(phaseOn(plan, addDays('2026-11-02', 168))).toBeUndefined();
  });
});

describe('templates', () => {
  it.each([
    [24.9, 'no-band'],
    [25, 2],
    [29.9, 2],
    [30, 3],
    [34.9, 3],
    [35, 4],
    [64.9, 4],
    [65, 5],
    [90, 5],
  ])('choose first-line tablets for %s kg by half-open bands', (kg, tablets) => {
    const choice = prescriptionFor('2hrze-4hr', kg);
    const found = choice.kind === 'chosen' ? choice.prescription.drugs[0]?.steps[0]?.doses[0]?.count : choice.kind;
    expect(found).toBe(tablets);
  });

  it('ask for the weight when it decides the dose', () => {
    expect(prescriptionFor('2hrze-4hr', undefined).kind).toBe('weight-needed');
  });

  it('name only medicines of the catalogue and slots of their own', () => {
    for (const { prescription } of templates.flatMap((template) => template.bands)) {
      const slots = prescription.slots.map((slot) => slot.name);
      for (const drug of prescription.drugs) {
        expect(medicineOf(drug.medicine)).toBeDefined();
        for (const step of drug.steps) for (const dose of step.doses) expect(slots).toContain(dose.slot);
      }
    }
  });
});
