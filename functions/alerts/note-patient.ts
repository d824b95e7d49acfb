import { Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { PatientNote } from './note-shapes.ts';
import { putNote, readNote } from './store.ts';

/** Writes a note about a patient, alert or none. The same note sent twice (an offline queue) stands once, as it came first. */
export async function notePatient(
  tools: Tools,
  { patientId, ...written }: Omit<PatientNote, 'at'> & { readonly patientId: string },
): Promise<PatientNote> {
  const note: PatientNote = { ...written, at: tools.now() };
  if ((await putNote(tools, patientId, note)) === 'stored') return note;
  const first = await readNote(tools, patientId, note.noteId);
  if (first?.by !== note.by) throw new Refusal('conflict', 'note-exists', 'Another note has this id.');
  return first;
}
