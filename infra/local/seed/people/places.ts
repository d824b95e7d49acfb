import type { WorkingCalendar } from '../../../../functions/organisations/calendar-shapes.ts';
import type { OrganisationInput } from '../../../../functions/organisations/contract.ts';
import { ZONE } from '../when.ts';

export const country: OrganisationInput = { organisationId: 'org_in', level: 'country', name: 'India' };
export const region: OrganisationInput = { organisationId: 'org_in_jh', level: 'region', name: 'Jharkhand' };
export const gumla: OrganisationInput = {
  organisationId: 'org_in_jh_gum',
  level: 'facility',
  name: 'Sadar Hospital Gumla',
  prefix: 'GUM',
  zone: ZONE,
  phone: '+916524222101',
};
/** Whom to call at the sign-in screen. */
export const helpLine = { name: gumla.name, helpPhone: '+91 6524 222101', helpHours: '08:00–17:00' };
export const lohardaga: OrganisationInput = {
  organisationId: 'org_in_jh_loh',
  level: 'facility',
  name: 'Sadar Hospital Lohardaga',
  prefix: 'LOH',
  zone: ZONE,
  phone: '+916526222102',
};

export const teamGumla = { teamId: 'team_gumla', name: 'Gumla', facility: gumla } as const;
export const teamLohardaga = { teamId: 'team_lohardaga', name: 'Lohardaga', facility: lohardaga } as const;

/** Monday to Friday eight to five, Saturday until one. */
export const workingHours: WorkingCalendar = {
  zone: ZONE,
  hours: [
    ...[1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '17:00' })),
    { weekday: 6, from: '08:00', to: '13:00' },
  ],
  holidays: [{ on: '2026-12-25', name: 'Christmas Day' }],
  onCall: [],
};

/** Where patients of a facility live. */
export const villages: Readonly<Record<'GUM' | 'LOH', readonly string[]>> = {
  GUM: ['Palkot', 'Bishunpur', 'Chainpur', 'Raidih', 'Sisai', 'Bharno', 'Ghaghra', 'Dumri', 'Kamdara', 'Basia'],
  LOH: ['Kuru', 'Senha', 'Bhandra', 'Kisko', 'Peshrar'],
};
