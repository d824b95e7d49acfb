import * as z from 'zod/mini';
import { PatientAlertsView } from '../../functions/alerts/contract.ts';
import { QuarantineEntry } from '../../functions/devices/contract.ts';
import { addDays } from '../../functions/shared/time.ts';
import { DayView, KnewAtView } from '../../functions/treatment/contract.ts';
import { askedAt, type Course } from './course.ts';
import type { Life } from './life.ts';
import type { Concluded, ConcludedDose } from './score.ts';
import type { Enrolled, World } from './world.ts';

const Days = z.object({ days: z.array(DayView) });
const Quarantine = z.object({ entries: z.array(QuarantineEntry), next: z.optional(z.string()) });

/** Everything that the product concluded, asked for as its screens ask for it. */
export async function conclude(world: World, course: Course, enrolled: readonly Enrolled[]): Promise<Concluded[]> {
  const quarantined = await quarantinedOpenings(world);
  const all: Concluded[] = [];
  for (const [index, life] of course.lives.entries()) {
    const { patientId = '', boxId = '' } = enrolled[index] ?? {};
    const days = await daysOf(world, course, patientId);
    all.push({
      patientId,
      boxId,
      doses: await dosesOf(world, patientId, life, course.lastDate, days),
      openings: days.flatMap(openingsOf),
      quarantined,
      alerts: await alertsOf(world, patientId),
    });
  }
  return all;
}

async function daysOf({ nurse }: World, { firstDate, lives }: Course, patientId: string): Promise<readonly DayView[]> {
  const last = addDays(lives[0]?.doses.at(-1)?.localDate ?? firstDate, 2);
  const all: DayView[] = [];
  for (let from = addDays(firstDate, -1); from <= last; from = addDays(from, 31)) {
    const to = [addDays(from, 30), last].sort()[0] ?? last;
    const path = `/api/treatment/patients/${patientId}/days?from=${from}&to=${to}`;
    all.push(...z.parse(Days, await nurse.get(path)).days);
  }
  return all;
}

async function dosesOf(
  { nurse }: World,
  patientId: string,
  life: Life,
  lastDate: string,
  days: readonly DayView[],
): Promise<ConcludedDose[]> {
  const doses: ConcludedDose[] = [];
  for (const { localDate, closesAt } of life.doses) {
    if (localDate > lastDate) break;
    const status = days.find((day) => day.localDate === localDate)?.slots[0]?.status;
    const knewAt = askedAt(closesAt);
    const query = `at=${knewAt}&from=${localDate}&to=${localDate}`;
    const knew = z.parse(KnewAtView, await nurse.get(`/api/treatment/patients/${patientId}/knew-at?${query}`));
    const then = knew.days[0]?.slots[0]?.status;
    if (status && then) doses.push({ localDate, status, knewAt, knew: then });
  }
  return doses;
}

/** Openings that count for somebody; what was taken back does not. */
function openingsOf(day: DayView): string[] {
  return [...day.slots.flatMap((slot) => slot.evidence), ...day.unmatched]
    .filter((piece) => piece.kind === 'opening' && piece.ignored !== 'moved')
    .map((piece) => piece.id);
}

async function alertsOf({ nurse }: World, patientId: string): Promise<Concluded['alerts']> {
  const { current, before } = z.parse(PatientAlertsView, await nurse.get(`/api/alerts/patients/${patientId}`));
  return [...(current ? [current] : []), ...before].map((alert) => ({
    patientId,
    openedAt: alert.openedAt,
    misses: alert.misses.map((miss) => miss.localDate),
  }));
}

/** By the ids that they would have: `<box>.<boot>.<seq>`. The excerpt of an entry begins with the event. */
async function quarantinedOpenings({ admin }: World): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = z.parse(Quarantine, await admin.get(`/api/devices/quarantine?limit=100${more}`));
    for (const { boxId, excerpt } of page.entries) {
      const found = /"bootId":"([^"]+)","seq":(\d+)/.exec(excerpt);
      if (found) ids.push(`${boxId}.${found[1]}.${found[2]}`);
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return ids;
}
