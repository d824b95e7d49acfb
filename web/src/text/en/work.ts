import { words as alert } from './work/alert.ts';
import { words as boxes } from './work/boxes.ts';
import { words as doses } from './work/doses.ts';
import { words as patientPage } from './work/patient-page.ts';
import { words as worklist } from './work/worklist.ts';

/** Words of the staff's daily work: worklist, alerts, patient page, clinic day, boxes. */
export const words = { ...worklist, ...alert, ...patientPage, ...doses, ...boxes };
