import type { Instant } from '../shared/time.ts';
import { batteryState, boxCondition, silentFrom } from './box-condition.ts';
import { spokenBy } from './box-state.ts';
import type {
  AlarmView,
  BoxDetail,
  BoxView,
  HeardView,
  IncidentView,
  PatientBoxView,
  QuarantineEntry,
  TicketView,
} from './contract.ts';
import { uploadIntervalOf } from './holdings.ts';
import type { Box, Holder, Incident, Ticket } from './items.ts';
import type { Quarantined } from './quarantine-entry.ts';

export function boxView(box: Box, now: Instant): BoxView {
  const { profile, state, holder } = box;
  const { heardThrough } = spokenBy(state);
  const facts = factsOf(box);
  const from = silentFrom(facts);
  return {
    boxId: profile.boxId,
    serial: profile.boxId,
    model: profile.model,
    facilityId: profile.facilityId,
    condition: boxCondition(facts, now),
    uploadIntervalHours: facts.uploadIntervalHours,
    battery: batteryState(facts.batteryMillivolts),
    alarm: alarmView(box),
    ...(state.battery && { batteryMillivolts: state.battery[0] }),
    ...(state.signal && { signalDbm: state.signal[0] }),
    ...(state.heardAt !== undefined && { lastHeardAt: state.heardAt }),
    ...(heardThrough !== undefined && { heardThrough }),
    ...(state.openedAt !== undefined && { lastOpenedAt: state.openedAt }),
    ...(holder && from !== undefined && { silentFrom: from }),
    ...(holder && { holder: { patientId: holder.patientId, from: holder.from } }),
    ...(box.ticket && { openTicket: box.ticket.ticketId }),
  };
}

function factsOf({ profile, state, holder, settings }: Box) {
  return {
    status: profile.status,
    hasCertificate: profile.certificates.some((one) => one.state === 'active'),
    lastHeardAt: state.heardAt,
    uploadIntervalHours: uploadIntervalOf({ profile, state, ...(settings && { settings }) }),
    batteryMillivolts: state.battery?.[0],
    heldFrom: holder?.from,
  };
}

/** "Asked for 20:00, box confirmed at …": what we asked, and what the box says that it does. */
function alarmView({ settings, state }: Pick<Box, 'settings' | 'state'>): AlarmView {
  const requested = settings?.alarmTimes ?? [];
  const confirmed = state.alarm?.[0];
  return {
    requested,
    inStep: requested.join() === (confirmed?.times ?? []).join(),
    ...(settings && { requestedAt: settings.requestedAt }),
    ...(confirmed && { confirmed: confirmed.times, confirmedAt: confirmed.at }),
  };
}

export function boxDetail(box: Box, tickets: readonly Ticket[], now: Instant): BoxDetail {
  return {
    ...boxView(box, now),
    allocations: box.held.map(({ patientId, from, to }) => ({ patientId, from, ...(to !== undefined && { to }) })),
    gaps: spokenBy(box.state).gaps,
    certificates: box.profile.certificates,
    tickets: [...tickets].sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1)).map(ticketView),
  };
}

export function patientBoxView(box: Box | undefined, holder: Holder | undefined, now: Instant): PatientBoxView {
  if (!box || !holder) return {};
  const { boxId, condition, lastHeardAt, heardThrough, alarm } = boxView(box, now);
  return {
    boxId,
    since: holder.from,
    condition,
    alarm,
    ...(lastHeardAt !== undefined && { lastHeardAt }),
    ...(heardThrough !== undefined && { heardThrough }),
  };
}

export function heardView({ profile, state }: Box, since: Instant): HeardView {
  const { heardAt, openedAt, battery, signal, quarantinedAt } = state;
  return {
    boxId: profile.boxId,
    since,
    opened: openedAt !== undefined && openedAt >= since,
    heard: heardAt !== undefined && heardAt >= since,
    quarantined: quarantinedAt !== undefined && quarantinedAt >= since,
    battery: batteryState(battery?.[0]),
    ...(openedAt !== undefined && { openedAt }),
    ...(heardAt !== undefined && { lastHeardAt: heardAt }),
    ...(battery && { batteryMillivolts: battery[0] }),
    ...(signal && { signalDbm: signal[0] }),
  };
}

export function ticketView(ticket: Ticket): TicketView {
  const { facilityId: _facility, ...view } = ticket;
  return view;
}

export function incidentView(incident: Incident): IncidentView {
  const { policyVersion: _policy, ...view } = incident;
  return view;
}

export function quarantineView(entry: Quarantined): QuarantineEntry {
  const { body: _body, clientId: _client, path: _path, bootId: _boot, seq: _seq, ...view } = entry;
  return view;
}
