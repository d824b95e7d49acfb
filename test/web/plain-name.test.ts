import { describe, expect, it } from 'vitest';
import { plainName } from '../../web/src/treatment/plain-name.ts';

describe('the name of a facility on a card in a pocket', () => {
  it.each([
    'Sadar Hospital Gumla',
    'Community Health Centre Basia',
    'सदर अस्पताल गुमला',
    'St Barbara’s',
    'Artisans’ Hospital',
  ])('is there as people know it: %s', (name) => expect(plainName(name)).toBe(name));

  it.each([
    ...[
      'District TB Centre',
      'DR-TB Centre Ranchi',
      'XDRTB ward',
      'Tuberculosis Unit 4',
      'DOTS centre Sisai',
      'NTEP Gumla',
    ],
    ...['Chest Clinic', 'Itki Sanatorium', 'ART Centre', 'ज़िला टीबी केंद्र', 'टी.बी. अस्पताल', 'ज़िला क्षय केंद्र'],
  ])('is left out when it says what its patients have: %s', (name) => expect(plainName(name)).toBeUndefined());
});
