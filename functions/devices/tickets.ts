import { readAccessCard } from '../shared/access-store.ts';
import type { Tools } from '../shared/tools.ts';
import type { Box, Ticket } from './items.ts';
import { batteryMillivolts, type TicketReason } from './ticket-shapes.ts';
import { archiveTicket, changeTicket, putTicket } from './ticket-store.ts';

/**
 * Sees that the box has a ticket for this reason: opens its one ticket, or joins the open one. Only for a box that somebody
 * holds: what lies in stock waits for nobody.
 */
export async function raiseTicket(tools: Tools, box: Box, reason: TicketReason): Promise<'raised' | 'stands'> {
  const reasons = box.ticket?.reasons ?? [];
  if (reasons.includes(reason)) return stayedBehind(box) ? await haveTicket(tools, box, [...reasons]) : 'stands';
  return await haveTicket(tools, box, [...reasons, reason]);
}

/** It was opened for the team that the holder was leaving in that moment. */
function stayedBehind({ ticket, holder }: Box): boolean {
  return ticket !== undefined && holder !== undefined && ticket.teamId !== holder.teamId;
}

/** Ends the open ticket whatever its reasons: the box went out of this patient's hands. */
export async function endTicket(
  tools: Tools,
  ticket: Ticket | undefined,
  closedBy: NonNullable<Ticket['closedBy']>,
): Promise<void> {
  if (ticket) await archiveTicket(tools, { ...ticket, state: 'closed', closedAt: tools.now(), closedBy });
}

/** What the box says of itself settles its ticket: a low battery opens it, charged takes that off, a new word the silence. */
export async function settleTicket(tools: Tools, box: Box, heardAnew: boolean): Promise<void> {
  const before: readonly TicketReason[] = box.ticket?.reasons ?? [];
  const millivolts = box.state.battery?.[0];
  const low = millivolts !== undefined && millivolts < batteryMillivolts.low;
  const charged = millivolts !== undefined && millivolts >= batteryMillivolts.charged;
  const reasons = before.filter((reason) => (reason === 'battery' ? !charged : !heardAnew));
  if (low && !reasons.includes('battery')) reasons.push('battery');
  if (reasons.length === 0) await endTicket(tools, box.ticket, before.includes('silence') ? 'heard again' : 'charged');
  else if (reasons.length !== before.length || (low && !before.includes('battery')) || stayedBehind(box))
    await haveTicket(tools, box, reasons);
}

/** One ticket with exactly these reasons, by the write. Losing that race means that somebody else saw the same. */
async function haveTicket(tools: Tools, box: Box, reasons: TicketReason[]): Promise<'raised' | 'stands'> {
  const { holder, ticket, state } = box;
  if (ticket) {
    const next = { ...ticket, reasons, ...(holder?.teamId !== undefined && { teamId: holder.teamId }) };
    return (await changeTicket(tools, next)) === 'stored' ? 'raised' : 'stands';
  }
  if (!holder) return 'stands';
  const card = await readAccessCard(tools, { kind: 'patient', id: holder.patientId });
  const teamId = card?.teamId ?? holder.teamId;
  const opened = await putTicket(tools, {
    ticketId: tools.id('tic'),
    boxId: box.profile.boxId,
    patientId: holder.patientId,
    ...(teamId !== undefined && { teamId }),
    facilityId: box.profile.facilityId,
    state: 'open',
    reasons,
    openedAt: tools.now(),
    ...(state.heardAt !== undefined && { lastHeardAt: state.heardAt }),
    ...(state.battery && { batteryMillivolts: state.battery[0] }),
  });
  return opened === 'stored' ? 'raised' : 'stands';
}
