import { patientsOf } from '../reports/patients-of.ts';
import type { Tools } from '../shared/tools.ts';
import { dayView, patientReader } from './day-view.ts';
import { emptyDay, plannedDay } from './planned-day.ts';
import { isPrescribedOn } from './schedule.ts';
import { readDaysAndCard } from './store.ts';
import type { ClinicDayView } from './view-shapes.ts';

const atOnce = 25;

/** Everybody of a team with a dose on this dosing day, to be ticked in one list. One query a patient. */
export async function clinicDay(tools: Tools, teamId: string, localDate: string): Promise<ClinicDayView> {
  const patients = await patientsOf(tools, teamId);
  const rows: ClinicDayView['rows'] = [];
  for (let start = 0; start < patients.length; start += atOnce) {
    const some = patients.slice(start, start + atOnce);
    const found = await Promise.all(some.map((patientId) => rowOf(tools, patientId, localDate)));
    rows.push(...found.filter((row) => row !== undefined));
  }
  return { teamId, localDate, rows };
}

async function rowOf(
  tools: Tools,
  patientId: string,
  localDate: string,
): Promise<ClinicDayView['rows'][number] | undefined> {
  const { days, card } = await readDaysAndCard(tools, patientId, localDate);
  if (!card || !isPrescribedOn(card.plan, localDate)) return undefined;
  const stored = days.find((day) => day.facts.localDate === localDate);
  const day = stored ?? emptyDay(card.plan.planId, plannedDay(card.plan, localDate, card.aways));
  const { slots } = dayView(day, card.plan, tools.now(), patientReader);
  if (slots.length === 0) return undefined;
  return {
    patientId,
    localDate,
    slots: slots.map(({ name, plannedTime, opensAt, closesAt, status, totalCount, pills }) => ({
      ...{ name, plannedTime, opensAt, closesAt },
      ...{ status, totalCount, pills },
    })),
    ...(card.plan.runsOutOn !== undefined && { runsOutOn: card.plan.runsOutOn }),
  };
}
