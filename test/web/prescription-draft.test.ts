import { describe, expect, it } from 'vitest';
import { Prescription } from '../../functions/treatment/contract.ts';
import { templates } from '../../functions/treatment/templates.ts';
import {
  bandOf,
  draftOf,
  emptyDraft,
  emptyDrug,
  emptyStep,
  prescribed,
  problemOf,
  renamed,
} from '../../web/src/treatment/prescribe/draft.ts';

describe('a prescription on the screen', () => {
  const all = templates.flatMap((template) => template.bands.map((band) => [template.id, band.prescription] as const));
  it.each(all)('of %s comes back as it was', (_, prescription) => {
    expect(prescribed(draftOf(prescription))).toEqual({ slots: prescription.slots, drugs: prescription.drugs });
  });

  it('takes the band of a weight', () => {
    const template = templates.find(({ needsWeight, bands }) => needsWeight && bands.length > 1);
    const [first, second] = template?.bands ?? [];
    if (!template || !first || !second) throw new Error('no template with bands');
    expect(bandOf(template, first.fromKg)).toBe(first.prescription);
    expect(bandOf(template, second.fromKg)).toBe(second.prescription);
    expect(bandOf(template, 0.5)).toBeUndefined();
  });
});

const slots = [
  { name: 'evening', time: '20:00' },
  { name: 'morning', time: '08:00' },
];
const drug = { ...emptyDrug, medicine: 'isoniazid-300', steps: [{ ...emptyStep, counts: { morning: '1.5' } }] };

it.each([
  ['medicine', { ...drug, medicine: '' }],
  ['weekdays', { ...drug, steps: [{ ...emptyStep, repeat: 'weekdays' as const, counts: { morning: '1' } }] }],
  ['days', { ...drug, steps: [{ ...emptyStep, counts: { morning: '1' } }, ...drug.steps] }],
  ['days', { ...drug, steps: [{ ...emptyStep, days: '0', counts: { morning: '1' } }] }],
  ['count', { ...drug, steps: [{ ...emptyStep, counts: { evening: '0' } }] }],
  ['count', { ...drug, steps: [{ ...emptyStep, counts: { evening: '0.3' } }] }],
  ['count', { ...drug, steps: [{ ...emptyStep, counts: { noon: '1' } }] }],
  [undefined, drug],
] as const)('misses %s', (problem, typed) => {
  expect(problemOf(typed, slots)).toBe(problem);
  expect(prescribed({ slots, drugs: [typed] }) === undefined).toBe(problem !== undefined);
});

it('is what the service takes, its times in the order of the day', () => {
  const made = prescribed({ slots, drugs: [drug] });
  expect(made?.slots.map(({ name }) => name)).toEqual(['morning', 'evening']);
  expect(Prescription.parse({ ...made, phases: [{ name: 'treatment' }] }).drugs[0]?.steps[0]?.doses).toEqual([
    { slot: 'morning', count: 1.5 },
  ]);
  expect(prescribed(emptyDraft)).toBeUndefined();
});

it('keeps the counts of a slot that gets another name', () => {
  const made = prescribed(renamed({ slots, drugs: [drug] }, 'morning', 'noon'));
  expect(made?.drugs[0]?.steps[0]?.doses).toEqual([{ slot: 'noon', count: 1.5 }]);
});
