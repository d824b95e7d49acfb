import type { Drug, Prescription, RegimenTemplate } from './plan-shapes.ts';

const oncePerDay = [{ name: 'day', time: '08:00' }];
const daily = { kind: 'daily' } as const;
const day = (count: number) => [{ slot: 'day', count }];

/** WHO operational handbook, module 4, as in DAK table TB.D11.DT; linezolid 600 mg by the guideline's remark (node/567). */
const bpalm: Prescription = {
  slots: oncePerDay,
  phases: [{ name: 'single', days: 182 }],
  drugs: [
    {
      medicine: 'bedaquiline-100',
      inBox: true,
      steps: [
        { label: 'loading', days: 14, repeat: daily, doses: day(4), critical: 'bedaquiline-loading' },
        { label: 'maintenance', repeat: { kind: 'weekdays', weekdays: [1, 3, 5] }, doses: day(2) },
      ],
    },
    { medicine: 'pretomanid-200', inBox: true, steps: [{ repeat: daily, doses: day(1) }] },
    {
      medicine: 'linezolid-600',
      inBox: true,
      steps: [
        { days: 63, repeat: daily, doses: day(1), critical: 'linezolid-first-9-weeks' },
        { repeat: daily, doses: day(1) },
      ],
    },
    { medicine: 'moxifloxacin-400', inBox: true, steps: [{ repeat: daily, doses: day(1) }] },
  ],
};

function firstLine(tablets: number): Prescription {
  const drugs: Drug[] = [
    { medicine: 'hrze-fdc', inBox: true, steps: [{ days: 56, repeat: daily, doses: day(tablets) }] },
    { medicine: 'hr-fdc', inBox: true, startsAfterDays: 56, steps: [{ repeat: daily, doses: day(tablets) }] },
  ];
  return {
    slots: oncePerDay,
    phases: [
      { name: 'intensive', days: 56 },
      { name: 'continuation', days: 112 },
    ],
    drugs,
  };
}

const dailyTablet: Prescription = {
  slots: oncePerDay,
  phases: [{ name: 'single', days: 182 }],
  drugs: [{ medicine: 'isoniazid-300', inBox: true, steps: [{ repeat: daily, doses: day(1) }] }],
};

/** Seeded regimens. Bands are half-open `[fromKg, belowKg)`: sources mix ≥ and > at the upper edge, so one rule is stated. */
export const templates: readonly RegimenTemplate[] = [
  {
    id: 'bpalm',
    version: 1,
    title: 'BPaLM',
    citation: 'WHO operational handbook on tuberculosis, module 4 (tbksp node/567, 2508); WHO DAK TB.D11.DT',
    needsWeight: false,
    bands: [{ fromKg: 0, belowKg: null, prescription: bpalm }],
  },
  {
    id: '2hrze-4hr',
    version: 1,
    title: '2HRZE/4HR',
    citation: 'WHO DAK TB.D11.DT, four-drug fixed-dose tablets; India NTEP uses other bands (ntep.in node/770)',
    needsWeight: true,
    bands: [
      { fromKg: 25, belowKg: 30, prescription: firstLine(2) },
      { fromKg: 30, belowKg: 35, prescription: firstLine(3) },
      { fromKg: 35, belowKg: 65, prescription: firstLine(4) },
      { fromKg: 65, belowKg: null, prescription: firstLine(5) },
    ],
  },
  {
    id: 'daily-tablet',
    version: 1,
    title: 'One tablet a day',
    citation: 'WHO operational handbook on tuberculosis, module 1: isoniazid daily for six months, adults',
    needsWeight: false,
    bands: [{ fromKg: 0, belowKg: null, prescription: dailyTablet }],
  },
];

export type TemplateChoice =
  | { readonly kind: 'chosen'; readonly template: RegimenTemplate; readonly prescription: Prescription }
  | { readonly kind: 'no-template' }
  | { readonly kind: 'weight-needed' }
  | { readonly kind: 'no-band' };

/** The prescription of a template for this weight. A weight outside all bands is refused, never rounded. */
export function prescriptionFor(templateId: string, weightKg: number | undefined): TemplateChoice {
  const template = templates.find((one) => one.id === templateId);
  if (!template) return { kind: 'no-template' };
  if (template.needsWeight && weightKg === undefined) return { kind: 'weight-needed' };
  const band = template.bands.find(
    (one) => one.fromKg <= (weightKg ?? 0) && (one.belowKg === null || (weightKg ?? 0) < one.belowKg),
  );
  return band ? { kind: 'chosen', template, prescription: band.prescription } : { kind: 'no-band' };
}
