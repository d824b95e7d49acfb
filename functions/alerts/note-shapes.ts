import * as z from 'zod/mini';
import { Instant } from '../shared/shapes.ts';

/** What a member of the care team wrote about a patient. Read by staff only. */
export const PatientNote = z.object({
  noteId: z.string(),
  at: Instant,
  text: z.string(),
  by: z.string(),
  byName: z.string(),
});
export type PatientNote = z.infer<typeof PatientNote>;
