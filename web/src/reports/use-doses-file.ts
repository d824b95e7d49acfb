import type { PatientProfile } from '../../../functions/identity/contract.ts';
import type { CourseView } from '../../../functions/treatment/contract.ts';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';
import { allDays } from './all-days.ts';
import { dosesCsv } from './doses-file.ts';
import { useFile } from './use-file.tsx';

/** All doses of a patient since the first that is known, as a file named by their Medical ID. */
export function useDosesFile(patient: PatientProfile, course: CourseView | undefined) {
  const files = useText('files');
  const work = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  const file = useFile();
  const save = () =>
    file.make(async (signal, onGoing) => {
      const { patientId, code, zone } = patient;
      const today = dates.localDate(new Date().toISOString(), zone);
      const days = await allDays(patientId, { from: beginningOf(course) ?? today, to: today, signal, onGoing });
      const name = `doses-${code}-${today}.csv`;
      const count = days.reduce((sum, day) => sum + day.slots.length, 0);
      return { name, csv: dosesCsv(days, { files, work, lang, zone }), says: files('saved-doses', { count, name }) };
    });
  return { file, save };
}

/** An earlier plan may have begun before this one. */
function beginningOf(course: CourseView | undefined): string | undefined {
  const month = course?.months[0]?.month;
  return [month && `${month}-01`, course?.plan?.start].filter((date) => date !== undefined).sort()[0];
}
