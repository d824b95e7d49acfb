import { words as alert } from './staff-work/alert.ts';
import { words as boxes } from './staff-work/boxes.ts';
import { words as doses } from './staff-work/doses.ts';
import { words as gap } from './staff-work/gap.ts';
import { words as patientPage } from './staff-work/patient-page.ts';
import { words as sent } from './staff-work/sent.ts';
import { words as worklist } from './staff-work/worklist.ts';

/** Words of the staff's daily work: worklist, alerts, patient page, clinic day, boxes. */
export const words = { ...worklist, ...alert, ...patientPage, ...doses, ...boxes, ...gap, ...sent };
