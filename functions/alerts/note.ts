import { requestMessage } from '../notifications/request-message.ts';
import { memberNow, type Team } from '../organisations/team.ts';
import { invalid } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { type Alert, annotated, isOpen } from './alert.ts';
import { changedAlert } from './change-alert.ts';
import { clockOf } from './messages.ts';

type Ref = { readonly patientId: string; readonly alertId: string };

/** Adds a note. The same note sent twice (an offline queue) stands once. */
export async function noteAlert(
  tools: Tools,
  { by, byName, noteId, text, ...ref }: Ref & { by: string; byName: string; noteId: string; text: string },
): Promise<Alert> {
  return await changedAlert(tools, ref, 'annotate', (alert) => {
    if (alert.annotations.some((one) => one.kind === 'note' && one.slot === noteId)) return alert;
    return annotated(alert, { at: tools.now(), kind: 'note', text, by, byName, slot: noteId });
  });
}

/** Gives an open alert to a colleague who belongs to the team now, and who hears of it. */
export async function reassignAlert(
  tools: Tools,
  team: Team,
  { by, byName, ownerId, ...ref }: Ref & { by: string; byName: string; ownerId: string },
): Promise<Alert> {
  const now = tools.now();
  const to = memberNow(team, ownerId, now);
  if (!to) throw invalid('/ownerId', 'This person does not belong to the team.');
  const next = await changedAlert(tools, ref, 'reassign', (alert) => {
    if (alert.ownerId === ownerId || !isOpen(alert)) return alert;
    const moved: Alert = { ...alert, ownerId, ownerBy: 'person', ownerBefore: alert.ownerId };
    return annotated(moved, { at: now, kind: 'reassigned', by, byName, text: to.name });
  });
  if (ownerId !== by && isOpen(next)) await tell(tools, next, ownerId, team.calendar.zone);
  return next;
}

async function tell(tools: Tools, alert: Alert, ownerId: string, zone: string): Promise<void> {
  const { alertId, patientId, patientCode, teamId, annotations } = alert;
  const at = annotations.filter((one) => one.kind === 'reassigned').at(-1)?.at ?? alert.openedAt;
  await requestMessage(tools, {
    messageId: `${alertId}.given.${at.replaceAll(/[^0-9]/g, '')}`,
    at,
    to: { kind: 'staff', id: ownerId },
    teamId,
    template: 'alert-climbed',
    params: { code: patientCode, by: clockOf(alert.acknowledgeBy ?? alert.contactBy, zone) },
    severity: alert.band === 'red' ? 'red' : 'yellow',
    immediate: true,
    about: { kind: 'alert', patientId, alertId, while: 'open' },
    path: `/patients/${patientId}`,
  });
}
