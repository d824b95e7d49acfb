import type { Food, Medicine, PictureKey } from './plan-shapes.ts';

type Row = readonly [
  code: string,
  name: string,
  short: string,
  atc: string,
  strength: string,
  milligrams: number | undefined,
  form: Medicine['form'],
  picture: PictureKey,
  food: Food,
];

/** Products that the seeded templates use, with their WHO ATC codes. Food: tbksp node/596 and 2174. */
const rows: readonly Row[] = [
  ['bedaquiline-100', 'Bedaquiline', 'Bdq', 'J04AK05', '100 mg', 100, 'tablet', 'round-scored', 'with-food'],
  ['pretomanid-200', 'Pretomanid', 'Pa', 'J04AK08', '200 mg', 200, 'tablet', 'oval-white', 'with-food'],
  ['linezolid-600', 'Linezolid', 'Lzd', 'J01XX08', '600 mg', 600, 'tablet', 'capsule-scored', 'any'],
  ['linezolid-300', 'Linezolid', 'Lzd', 'J01XX08', '300 mg', 300, 'tablet', 'oval-scored', 'any'],
  ['moxifloxacin-400', 'Moxifloxacin', 'Mfx', 'J01MA14', '400 mg', 400, 'tablet', 'capsule-rose', 'any'],
  ['levofloxacin-250', 'Levofloxacin', 'Lfx', 'J01MA12', '250 mg', 250, 'tablet', 'oval-rose', 'any'],
  ['levofloxacin-500', 'Levofloxacin', 'Lfx', 'J01MA12', '500 mg', 500, 'tablet', 'oval-rose', 'any'],
  ['clofazimine-100', 'Clofazimine', 'Cfz', 'J04BA01', '100 mg', 100, 'capsule', 'round-rose', 'with-food'],
  ['cycloserine-250', 'Cycloserine', 'Cs', 'J04AB01', '250 mg', 250, 'capsule', 'capsule-rose-white', 'any'],
  ['delamanid-50', 'Delamanid', 'Dlm', 'J04AK06', '50 mg', 50, 'tablet', 'round-yellow', 'with-food'],
  ['pyrazinamide-400', 'Pyrazinamide', 'Z', 'J04AK01', '400 mg', 400, 'tablet', 'round-white', 'any'],
  ['ethambutol-400', 'Ethambutol', 'E', 'J04AK02', '400 mg', 400, 'tablet', 'round-white', 'any'],
  ['isoniazid-300', 'Isoniazid', 'H', 'J04AC01', '300 mg', 300, 'tablet', 'round-white', 'empty-stomach'],
  ['pyridoxine-25', 'Pyridoxine', 'B6', 'A11HA02', '25 mg', 25, 'tablet', 'round-yellow', 'any'],
  [
    'hrze-fdc',
    'Isoniazid, rifampicin, pyrazinamide, ethambutol',
    'HRZE',
    'J04AM06',
    '75/150/400/275 mg',
    undefined,
    'tablet',
    'oval-rose',
    'empty-stomach',
  ],
  ['hr-fdc', 'Isoniazid, rifampicin', 'HR', 'J04AM02', '75/150 mg', undefined, 'tablet', 'round-rose', 'empty-stomach'],
];

export const medicines: readonly Medicine[] = rows.map(
  ([code, name, short, atc, strength, milligrams, form, picture, food]) => ({
    code,
    name,
    short,
    coding: [{ system: 'atc', code: atc }],
    strength,
    form,
    picture,
    food,
    ...(milligrams !== undefined && { milligrams }),
  }),
);

const byCode = new Map(medicines.map((medicine) => [medicine.code, medicine]));

/** A product by its code; undefined for one that is not in the catalogue. */
export function medicineOf(code: string): Medicine | undefined {
  return byCode.get(code);
}
