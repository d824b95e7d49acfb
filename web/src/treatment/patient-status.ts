import { doseStatuses, type StatusKey } from '../../../functions/treatment/contract.ts';
import type { GlyphName } from '../look/glyph.tsx';
import { useViewer } from '../shell/session.ts';
import { useLanguage, useText } from '../text/text.ts';

/** A patient never reads a device's state as their fault: shut, waiting and silent share one shape, "not known". */
export const patientGlyph = (status: StatusKey): GlyphName =>
  doseStatuses[status].patientShape === 'dashed-ring' ? 'unknown' : status;

/** The words of this patient's own screens; whoever helps reads that it was the patient who said so, not they. */
export function useStatusWord(patientId: string): (status: StatusKey) => string {
  const t = useText('patient');
  const lang = useLanguage();
  const own = useViewer().patientId === patientId;
  return (status) => (status === 'said' && !own ? t('helps.said') : doseStatuses[status].patient[lang]);
}
