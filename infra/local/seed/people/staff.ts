import type { Role } from '../../../../functions/shared/shapes.ts';
import { country, gumla, lohardaga, region, teamGumla, teamLohardaga } from './places.ts';

export interface Staff {
  /** How the seed calls this person. */
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly language: 'en' | 'hi';
  readonly roles: readonly Role[];
  readonly organisationId: string;
  readonly teamId?: string;
}

/** One password for every account of the demonstration; staff need six digits as well. */
export const PASSWORD = 'sal trees in bloom';

const at = (name: string) => `${name}@careconnect.example`;

/** The first of each role is the one that the ready line names. */
export const staff: readonly Staff[] = [
  {
    ...{ key: 'meera', name: 'Meera Toppo', email: at('meera.toppo'), phone: '+919431120001', language: 'en' },
    ...{ roles: ['nurse'], organisationId: gumla.organisationId, teamId: teamGumla.teamId },
  },
  {
    ...{ key: 'agnes', name: 'Sr Agnes Lakra', email: at('agnes.lakra'), phone: '+919431120002', language: 'en' },
    ...{ roles: ['nurse'], organisationId: gumla.organisationId, teamId: teamGumla.teamId },
  },
  {
    ...{ key: 'phulmani', name: 'Phulmani Minj', email: at('phulmani.minj'), phone: '+919431120003', language: 'hi' },
    ...{ roles: ['health-worker'], organisationId: gumla.organisationId, teamId: teamGumla.teamId },
  },
  {
    ...{ key: 'kerketta', name: 'Dr Anjana Kerketta', email: at('anjana.kerketta'), phone: '+919431120004' },
    ...{ language: 'en', roles: ['doctor'], organisationId: gumla.organisationId, teamId: teamGumla.teamId },
  },
  {
    ...{ key: 'binod', name: 'Binod Kujur', email: at('binod.kujur'), phone: '+919431120005', language: 'en' },
    ...{ roles: ['organisation-admin'], organisationId: region.organisationId },
  },
  {
    ...{ key: 'teresa', name: 'Sr Teresa Ekka', email: at('teresa.ekka'), phone: '+919431120006', language: 'en' },
    ...{ roles: ['nurse'], organisationId: gumla.organisationId, teamId: teamGumla.teamId },
  },
  {
    ...{ key: 'deepak', name: 'Deepak Baraik', email: at('deepak.baraik'), phone: '+919431120007', language: 'en' },
    ...{ roles: ['system-admin'], organisationId: country.organisationId },
  },
  {
    ...{ key: 'rekha', name: 'Rekha Bhagat', email: at('rekha.bhagat'), phone: '+919431120008', language: 'hi' },
    ...{ roles: ['nurse'], organisationId: lohardaga.organisationId, teamId: teamLohardaga.teamId },
  },
  {
    ...{ key: 'imran', name: 'Dr Imran Alam', email: at('imran.alam'), phone: '+919431120009', language: 'en' },
    ...{ roles: ['doctor'], organisationId: lohardaga.organisationId, teamId: teamLohardaga.teamId },
  },
  {
    ...{ key: 'sushma', name: 'Sushma Xaxa', email: at('sushma.xaxa'), phone: '+919431120010', language: 'hi' },
    ...{ roles: ['health-worker'], organisationId: lohardaga.organisationId, teamId: teamLohardaga.teamId },
  },
];
