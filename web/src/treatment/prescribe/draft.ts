import type {
  DosageStep,
  Drug,
  Prescription,
  RegimenTemplate,
  Repeat,
  SlotTime,
} from '../../../../functions/treatment/contract.ts';

/** One step as it is typed: counts by slot name, days empty for "until the end". */
export interface StepDraft {
  readonly repeat: Repeat['kind'];
  /** ISO weekdays, Monday is 1. */
  readonly weekdays: readonly number[];
  readonly days: string;
  readonly counts: Readonly<Record<string, string>>;
  /** What a template says of the step and no field shows. */
  readonly kept: Pick<DosageStep, 'label' | 'critical'>;
}

export interface DrugDraft {
  readonly medicine: string;
  readonly inBox: boolean;
  readonly steps: readonly StepDraft[];
  readonly kept: Pick<Drug, 'start' | 'startsAfterDays' | 'end'>;
}

/** A prescription while somebody writes it. */
export interface Draft {
  readonly slots: readonly SlotTime[];
  readonly drugs: readonly DrugDraft[];
}

export const slotNames = ['day', 'morning', 'noon', 'afternoon', 'evening', 'night'] as const;

export const emptyStep: StepDraft = { repeat: 'daily', weekdays: [], days: '', counts: {}, kept: {} };
export const emptyDrug: DrugDraft = { medicine: '', inBox: true, steps: [emptyStep], kept: {} };
export const emptyDraft: Draft = { slots: [{ name: 'day', time: '20:00' }], drugs: [emptyDrug] };

export function draftOf({ slots, drugs }: Pick<Prescription, 'slots' | 'drugs'>): Draft {
  return { slots, drugs: drugs.map(drugDraftOf) };
}

function drugDraftOf({ medicine, inBox, steps, ...kept }: Drug): DrugDraft {
  return { medicine, inBox, kept, steps: steps.map(stepDraftOf) };
}

function stepDraftOf({ repeat, days, doses, ...kept }: DosageStep): StepDraft {
  return {
    repeat: repeat.kind,
    weekdays: repeat.kind === 'weekdays' ? repeat.weekdays : [],
    days: days === undefined ? '' : String(days),
    counts: Object.fromEntries(doses.map(({ slot, count }) => [slot, String(count)])),
    kept,
  };
}

/** The template's prescription for a weight in kg; undefined while no band fits. */
export function bandOf(template: RegimenTemplate, weightKg: number): Prescription | undefined {
  const fits = ({ fromKg, belowKg }: RegimenTemplate['bands'][0]) =>
    !template.needsWeight || (weightKg >= fromKg && (belowKg === null || weightKg < belowKg));
  return template.bands.find(fits)?.prescription;
}

/** What is still missing in one drug, in the order of its fields. */
export type DrugProblem = 'medicine' | 'weekdays' | 'days' | 'count';

export function problemOf(drug: DrugDraft, slots: readonly SlotTime[]): DrugProblem | undefined {
  if (drug.medicine === '') return 'medicine';
  for (const [at, step] of drug.steps.entries()) {
    if (step.repeat === 'weekdays' && step.weekdays.length === 0) return 'weekdays';
    const isLast = at === drug.steps.length - 1;
    if (step.days === '' ? !isLast : !isWhole(step.days)) return 'days';
    const counts = slots.map(({ name }) => step.counts[name] ?? '').filter((count) => count !== '' && count !== '0');
    if (counts.length === 0 || !counts.every(isCount)) return 'count';
  }
  return undefined;
}

const isWhole = (typed: string) => /^\d{1,4}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= 1500;
const isCount = (typed: string) => Number(typed) > 0 && Number(typed) <= 40 && Number.isInteger(Number(typed) * 4);

/** What is sent; undefined while something is missing. */
export function prescribed({ slots, drugs }: Draft): Pick<Prescription, 'slots' | 'drugs'> | undefined {
  if (slots.length === 0 || drugs.length === 0 || slots.some(({ time }) => time === '')) return undefined;
  if (drugs.some((drug) => problemOf(drug, slots) !== undefined)) return undefined;
  const inOrder = [...slots].sort((a, b) => a.time.localeCompare(b.time));
  return { slots: inOrder, drugs: drugs.map((drug) => drugOf(drug, inOrder)) };
}

function drugOf({ medicine, inBox, steps, kept }: DrugDraft, slots: readonly SlotTime[]): Drug {
  return { ...kept, medicine, inBox, steps: steps.map((step) => stepOf(step, slots)) };
}

function stepOf({ repeat, weekdays, days, counts, kept }: StepDraft, slots: readonly SlotTime[]): DosageStep {
  return {
    ...kept,
    ...(days !== '' && { days: Number(days) }),
    repeat: repeat === 'weekdays' ? { kind: repeat, weekdays: [...weekdays].sort() } : { kind: repeat },
    doses: slots.map(({ name }) => ({ slot: name, count: Number(counts[name] ?? 0) })).filter(({ count }) => count > 0),
  };
}

/** Another name for a slot, everywhere it is counted. */
export function renamed(draft: Draft, from: string, to: string): Draft {
  const recount = ({ counts, ...step }: StepDraft): StepDraft => {
    const { [from]: moved, ...others } = counts;
    return { ...step, counts: moved === undefined ? others : { ...others, [to]: moved } };
  };
  return {
    slots: draft.slots.map((slot) => (slot.name === from ? { ...slot, name: to } : slot)),
    drugs: draft.drugs.map((drug) => ({ ...drug, steps: drug.steps.map(recount) })),
  };
}
