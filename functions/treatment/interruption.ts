import type { InterruptionAdvice, InterruptionRuleId } from './interruption-shapes.ts';

type Regimen = 'bpalm' | 'bpal' | 'nine-month' | 'first-line' | 'other';
type Action = InterruptionAdvice['actions'][number];

/** What is known about a gap. Days are dosing days without the drug in a row, up to today. */
export type Interruption = {
  readonly regimen: Regimen;
  /** Everything stopped, so that the regimen's own rules apply. */
  readonly whole: boolean;
  /** The drugs that were due in the gap, by generic name. */
  readonly drugs: readonly string[];
  readonly consecutiveDays: number;
  readonly cumulativeDays: number;
  /** The step of bedaquiline in which the gap began. */
  readonly step?: 'loading' | 'maintenance';
  /** Since the dosing day of the first missed dose of bedaquiline was over. */
  readonly hoursSinceMissed?: number;
  /** Of the treatment, when the gap began; 1-based. */
  readonly treatmentDay: number;
  readonly phase?: string;
  /** Of the days in a row so many are not known rather than missed, and so many were put on hold. */
  readonly notKnownDays: number;
  readonly heldDays: number;
  /** Of all days without a dose so many are not known. */
  readonly cumulativeNotKnownDays: number;
};

type Between = { readonly from?: number; readonly below?: number };
type Rule = {
  readonly id: InterruptionRuleId;
  readonly version: string;
  readonly citation: string;
  readonly regimens?: readonly Regimen[];
  readonly drug?: string;
  readonly step?: 'loading' | 'maintenance';
  readonly phase?: string;
  readonly consecutiveDays?: Between;
  readonly cumulativeDays?: Between;
  readonly hoursSinceMissed?: Between;
  readonly treatmentDay?: Between;
  readonly advice: string;
  readonly actions: readonly Action[];
};

const bedaquiline = { drug: 'bedaquiline', version: '1', citation: 'tbksp node/2508 (9-month chapter)' } as const;
const bpal = { regimens: ['bpalm', 'bpal'], version: '1' } as const;
const firstLine = { regimens: ['first-line'], version: '1' } as const;

/** Interruption rules as data (domain 2.4). A country replaces a row under the same id with its own version and citation. */
export const interruptionRules: readonly Rule[] = [
  {
    ...bedaquiline,
    id: 'bdq-loading-missed',
    step: 'loading',
    consecutiveDays: { from: 1, below: 15 },
    advice: 'Do not make up the missed loading dose; continue.',
    actions: ['continue'],
  },
  {
    ...bedaquiline,
    id: 'bdq-maintenance-48h',
    step: 'maintenance',
    consecutiveDays: { from: 1, below: 3 },
    hoursSinceMissed: { below: 48 },
    advice: 'Take it now; the next one at least 48 hours later, then back to the usual days.',
    actions: ['make-up', 'continue'],
  },
  {
    ...bedaquiline,
    id: 'bdq-under-2-weeks',
    step: 'maintenance',
    consecutiveDays: { from: 1, below: 15 },
    advice: 'Resume without a new loading.',
    actions: ['continue'],
  },
  {
    ...bedaquiline,
    id: 'bdq-2-to-8-weeks',
    consecutiveDays: { from: 15, below: 57 },
    advice: 'Reload 400 mg daily for 7 days, then three times a week.',
    actions: ['reload'],
  },
  {
    ...bedaquiline,
    id: 'bdq-over-8-weeks',
    consecutiveDays: { from: 57 },
    advice: 'Reassess; the 9-month regimen can no longer be continued or restarted.',
    actions: ['reassess'],
  },
  {
    ...bpal,
    id: 'bpal-reintroduce',
    consecutiveDays: { from: 1, below: 15 },
    cumulativeDays: { below: 29 },
    advice: 'The regimen may be reintroduced; add the missed doses to the end.',
    actions: ['continue', 'extend'],
    citation: 'tbksp node/2485',
  },
  {
    ...bpal,
    id: 'bpal-over-7-days',
    consecutiveDays: { from: 8 },
    advice: 'Make the interruption up by extension: 26 or 39 weeks of doses within 7 or 10 months.',
    actions: ['extend'],
    citation: 'tbksp node/579',
  },
  {
    ...bpal,
    id: 'bpal-over-limits',
    consecutiveDays: { from: 15 },
    advice: 'More than 14 days in a row: reassess before reintroducing.',
    actions: ['reassess'],
    citation: 'tbksp node/2485',
  },
  {
    ...bpal,
    id: 'bpal-cumulative',
    cumulativeDays: { from: 29 },
    advice: 'More than 4 weeks in all: reassess before reintroducing.',
    actions: ['reassess'],
    citation: 'tbksp node/2485',
  },
  {
    ...firstLine,
    id: 'ds-first-month-under-2-weeks',
    treatmentDay: { below: 31 },
    consecutiveDays: { from: 1, below: 14 },
    advice: 'Continue and make up the missed doses.',
    actions: ['continue', 'make-up'],
    citation: 'MSF TB guide node/1671',
  },
  {
    ...firstLine,
    id: 'ds-first-month-2-to-7-weeks',
    treatmentDay: { below: 31 },
    consecutiveDays: { from: 14, below: 56 },
    advice: 'Restart, or test first.',
    actions: ['restart'],
    citation: 'MSF TB guide node/1671',
  },
  {
    ...firstLine,
    id: 'ds-8-weeks',
    treatmentDay: { below: 31 },
    consecutiveDays: { from: 56 },
    advice: 'Test, then decide.',
    actions: ['reassess'],
    citation: 'MSF TB guide node/1671',
  },
  {
    ...firstLine,
    id: 'ds-intensive-under-14-days',
    phase: 'intensive',
    treatmentDay: { from: 31 },
    consecutiveDays: { from: 1, below: 14 },
    advice: 'Continue; finish the intensive phase within 3 months.',
    actions: ['continue', 'extend'],
    citation: 'ATS/CDC/IDSA 2016 (eguideline 770889, p. 15)',
  },
  {
    ...firstLine,
    id: 'ds-intensive-14-days',
    phase: 'intensive',
    treatmentDay: { from: 31 },
    consecutiveDays: { from: 14 },
    advice: 'Restart treatment.',
    actions: ['restart'],
    citation: 'ATS/CDC/IDSA 2016 (eguideline 770889, p. 15)',
  },
  {
    ...firstLine,
    id: 'ds-continuation-under-2-months',
    phase: 'continuation',
    consecutiveDays: { from: 1, below: 61 },
    cumulativeDays: { below: 90 },
    advice: 'Finish the doses that are left; at 80 % or more taken and smear-negative at start treatment may stop.',
    actions: ['continue', 'make-up'],
    citation: 'ATS/CDC/IDSA 2016 (eguideline 770889, p. 15)',
  },
  {
    ...firstLine,
    id: 'ds-continuation-3-months',
    phase: 'continuation',
    cumulativeDays: { from: 90 },
    advice: 'Three months missed in all: restart.',
    actions: ['restart'],
    citation: 'ATS/CDC/IDSA 2016 (eguideline 770889, p. 15)',
  },
  {
    id: 'lost-to-follow-up-who',
    version: '1',
    citation: 'WHO DAK TB.D24 (India: 30 consecutive days)',
    consecutiveDays: { from: 60 },
    advice: 'Two months in a row: lost to follow-up by the WHO definition. Assign an outcome.',
    actions: ['outcome'],
  },
];

/** All rules that fit, in the order of the table. Advice only: a clinician decides. */
export function interruptionAdvice(
  gap: Interruption,
  rules: readonly Rule[] = interruptionRules,
): InterruptionAdvice[] {
  return rules
    .filter((rule) => fits(rule, gap))
    .map((rule) => ({
      ruleId: rule.id,
      version: rule.version,
      citation: rule.citation,
      ...(rule.drug && { drug: rule.drug }),
      advice: rule.advice,
      actions: [...rule.actions],
      inputs: inputsOf(gap),
    }));
}

function fits(rule: Rule, gap: Interruption): boolean {
  return (
    (rule.regimens === undefined || rule.regimens.includes(gap.regimen)) &&
    (rule.drug === undefined ? gap.whole : gap.drugs.includes(rule.drug)) &&
    (rule.step === undefined || rule.step === gap.step) &&
    (rule.phase === undefined || rule.phase === gap.phase) &&
    isBetween(rule.consecutiveDays, gap.consecutiveDays) &&
    isBetween(rule.cumulativeDays, gap.cumulativeDays) &&
    isBetween(rule.hoursSinceMissed, gap.hoursSinceMissed) &&
    isBetween(rule.treatmentDay, gap.treatmentDay)
  );
}

function isBetween(range: Between | undefined, value: number | undefined): boolean {
  if (range === undefined) return true;
  if (value === undefined) return false;
  return (range.from === undefined || value >= range.from) && (range.below === undefined || value < range.below);
}

function inputsOf(gap: Interruption): InterruptionAdvice['inputs'] {
  const inputs: InterruptionAdvice['inputs'] = {};
  for (const [name, value] of Object.entries(gap)) {
    if (typeof value === 'object') inputs[name] = value.join(' ');
    else if (value !== undefined) inputs[name] = value;
  }
  return inputs;
}
