import { doseStatuses, type StatusKey } from '../../../functions/treatment/contract.ts';
import type { GlyphName } from '../look/glyph.tsx';
import type { Language } from '../text/areas.ts';

/** A patient never reads a device's state as their fault: shut, waiting and silent share one shape, "not known". */
export const patientGlyph = (status: StatusKey): GlyphName =>
  doseStatuses[status].patientShape === 'dashed-ring' ? 'unknown' : status;

export const patientWord = (status: StatusKey, lang: Language): string => doseStatuses[status].patient[lang];

export const staffWord = (status: StatusKey, lang: Language): string => doseStatuses[status].staff[lang];
