import type { words as admin } from './en/admin.ts';
import type { words as files } from './en/files.ts';
import type { words as me } from './en/me.ts';
import type { words as oversight } from './en/oversight.ts';
import type { words as patient } from './en/patient.ts';
import type { words as prescribe } from './en/prescribe.ts';
import type { words as shell } from './en/shell.ts';
import type { words as signIn } from './en/sign-in.ts';
import type { words as staff } from './en/staff.ts';
import type { words as team } from './en/team.ts';
import type { words as work } from './en/work.ts';

/**
 * Words are kept by area so that a phone loads only what its person reads. A new area: one file in `en/`, the same keys in
 * `hi/` (typed by the English file), one line here.
 */
export interface Words {
  shell: typeof shell;
  patient: typeof patient;
  'sign-in': typeof signIn;
  me: typeof me;
  staff: typeof staff;
  work: typeof work;
  prescribe: typeof prescribe;
  admin: typeof admin;
  team: typeof team;
  files: typeof files;
  oversight: typeof oversight;
}

export type Area = keyof Words;
export const languages = ['en', 'hi'] as const;
export type Language = (typeof languages)[number];
