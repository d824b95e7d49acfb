import type * as z from 'zod/mini';
import type { Who } from '../../../../functions/identity/contract.ts';
import type { DosageStep, Drug, Prescription } from '../../../../functions/treatment/plan-shapes.ts';

/** What is prescribed: a template, or a plan that the doctor wrote. */
export type Course = {
  readonly startedDaysAgo: number;
  readonly weightKg?: number;
} & (
  | { readonly templateId: 'bpalm' | '2hrze-4hr' | 'daily-tablet'; readonly times?: Readonly<Record<string, string>> }
  | { readonly title: string; readonly prescription: Prescription }
);

export interface Patient {
  /** Number on the card: `GUM-0412-…`. */
  readonly number: number;
  readonly facility: 'GUM' | 'LOH';
  readonly who: z.infer<typeof Who>;
  readonly phone?: { readonly number: string; readonly use: 'own' | 'shared' };
  readonly course: Course;
  readonly box?: { readonly serial: string; readonly uploadIntervalHours: number };
}

const daily = { kind: 'daily' } as const;
const inDay = (count: number): DosageStep['doses'] => [{ slot: 'day', count }];
const oneStep = (medicine: string, count: number): Drug => ({
  medicine,
  inBox: true,
  steps: [{ repeat: daily, doses: inDay(count) }],
});

/** BPaLM with bedaquiline as 200 mg daily for eight weeks, then 100 mg daily (WHO operational handbook, module 4). */
export const bpalmDaily: Prescription = {
  slots: [{ name: 'day', time: '08:00' }],
  phases: [{ name: 'single', days: 182 }],
  drugs: [
    {
      medicine: 'bedaquiline-100',
      inBox: true,
      steps: [
        { label: 'loading', days: 56, repeat: daily, doses: inDay(2), critical: 'bedaquiline-loading' },
        { label: 'maintenance', repeat: daily, doses: inDay(1) },
      ],
    },
    oneStep('pretomanid-200', 1),
    oneStep('linezolid-600', 1),
    oneStep('moxifloxacin-400', 1),
  ],
};

/** A longer regimen in which cycloserine is taken morning and evening. */
export const twiceDaily: Prescription = {
  slots: [
    { name: 'morning', time: '08:00' },
    { name: 'evening', time: '20:00' },
  ],
  phases: [{ name: 'single', days: 540 }],
  drugs: [
    { medicine: 'levofloxacin-500', inBox: true, steps: [{ repeat: daily, doses: [{ slot: 'morning', count: 2 }] }] },
    { medicine: 'clofazimine-100', inBox: true, steps: [{ repeat: daily, doses: [{ slot: 'morning', count: 1 }] }] },
    {
      medicine: 'cycloserine-250',
      inBox: true,
      steps: [
        {
          repeat: daily,
          doses: [
            { slot: 'morning', count: 1 },
            { slot: 'evening', count: 2 },
          ],
        },
      ],
    },
  ],
};
