import { organisationOf } from '../organisations/team-of.ts';
import { readActor } from '../shared/access-store.ts';
import { strangeCursor } from '../shared/table.ts';
import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { AuditLine, AuditView } from './contract.ts';
import { type AuditItem, eventsOf, refusalsBelow } from './store.ts';

const pageLines = 50;
const monthsBack = 24;

/**
 * Who opened this record, newest first. Months without an event are passed over; the cursor says in which month to go
 * on. It shows refusals too: who tried is part of the answer.
 */
export async function whoSaw(tools: Tools, patientId: string, cursor: string | undefined): Promise<AuditView> {
  let { month, page } = cursor === undefined ? { month: tools.now().slice(0, 7), page: undefined } : readCursor(cursor);
  const lines: AuditItem[] = [];
  for (let passed = 0; passed < monthsBack; passed++) {
    const found = await eventsOf(tools, patientId, month, pageLines - lines.length, page);
    lines.push(...found.items);
    if (found.next !== undefined) return { lines: await named(tools, lines), next: `${month}.${found.next}` };
    month = addDays(`${month}-01`, -1).slice(0, 7);
    page = undefined;
    if (lines.length >= pageLines) return { lines: await named(tools, lines), next: month };
  }
  return { lines: await named(tools, lines) };
}

function readCursor(cursor: string): { month: string; page: string | undefined } {
  const [month = '', page] = cursor.split('.', 2);
  if (!/^2\d{3}-(0[1-9]|1[0-2])$/.test(month)) throw strangeCursor();
  return { month, page };
}

/** What was refused below an organisation, newest first. */
export async function refusals(tools: Tools, organisationId: string, cursor: string | undefined): Promise<AuditView> {
  const root = (await organisationOf(tools, organisationId))?.path[0] ?? organisationId;
  const page = await refusalsBelow(tools, root, pageLines, cursor);
  const mine = page.items.filter((item) => item.path?.includes(organisationId) ?? false);
  const lines = await named(tools, mine);
  const about = lines.map((line, at) => ({ ...line, ...(mine[at] && { subjectId: mine[at].subjectId }) }));
  return { lines: about, ...(page.next !== undefined && { next: page.next }) };
}

async function named(tools: Tools, items: readonly AuditItem[]): Promise<AuditLine[]> {
  const ids = [...new Set(items.map((item) => item.actorId))];
  const actors = await Promise.all(ids.map((id) => readActor(tools, id)));
  const names = new Map(ids.map((id, index) => [id, actors[index]?.displayName]));
  return items.map((item) => {
    const actorName = names.get(item.actorId);
    return {
      id: item.sk,
      at: item.at,
      actorId: item.actorId,
      ...(actorName !== undefined && { actorName }),
      ...(item.actorRole !== undefined && { actorRole: item.actorRole }),
      action: item.action,
      outcome: item.outcome,
      why: item.why,
      ...(item.reason !== undefined && { reason: item.reason }),
    };
  });
}
