import type { MessageRequest, Template } from '../notifications/message.ts';
import { zoned } from '../shared/time.ts';
import type { Alert } from './alert.ts';
import type { Told } from './contract.ts';
import type { AlertPolicy } from './policy.ts';
import type { Task } from './task.ts';

const templateOf: Readonly<Record<Exclude<Told['step'], 'digest' | 'moved'>, Template>> = {
  opened: 'alert-opened',
  worse: 'alert-worse',
  gate: 'alert-gate',
  climb: 'alert-climbed',
  'no-need': 'alert-no-need',
};

/**
 * The messages that one step of an alert asks for, computed from what the alert says was told: asked again they are the
 * same messages. Staff hear the code and until when; the team's topic hears each step of a red alert once; the supervisor
 * hears of climbs in the daily summary.
 */
export function messagesOf(alert: Alert, told: readonly Told[], policy: AlertPolicy, zone: string): MessageRequest[] {
  const step = told[0]?.step;
  if (step === undefined || step === 'digest' || step === 'moved') return [];
  const requests = told.flatMap((one) => requestOf(alert, one, templateOf[step], policy, zone));
  const toTopic = alert.band === 'red' && (step === 'opened' || step === 'worse' || step === 'gate');
  const at = told[0]?.at ?? alert.openedAt;
  return toTopic
    ? [
        ...requests,
        {
          ...base(alert, step, at, zone),
          ...staffWords(alert, templateOf[step], policy),
          to: { kind: 'team', id: alert.teamId },
        },
      ]
    : requests;
}

function requestOf(alert: Alert, told: Told, template: Template, policy: AlertPolicy, zone: string): MessageRequest[] {
  if (told.skipped !== undefined || told.userId === undefined || told.step === 'digest' || told.step === 'moved')
    return [];
  const common = base(alert, told.step, told.at, zone);
  const gentle = { severity: 'info' as const, immediate: false, params: {} };
  if (told.rung === 'patient')
    return [
      { ...common, ...gentle, template: 'clinic-will-call', to: { kind: 'patient', id: told.userId }, path: '/' },
    ];
  if (told.rung === 'supporter')
    return [
      { ...common, ...gentle, template: 'supporter-check', to: { kind: 'supporter', id: told.userId }, path: '/' },
    ];
  if (told.rung === 'supervisor') return [];
  const words = staffWords(alert, template, policy);
  const answer = told.step === 'no-need' ? { severity: 'info' as const, immediate: false } : {};
  return [{ ...common, ...words, ...answer, to: { kind: 'staff', id: told.userId } }];
}

function base(alert: Alert, step: Told['step'], at: string, zone: string) {
  const { alertId, patientId, teamId } = alert;
  const turn =
    step === 'worse' ? `.${alert.band}` : step === 'gate' ? `.${alert.gate}` : step === 'climb' ? `.${alert.rung}` : '';
  return {
    messageId: `${alertId}.${step}${turn}`,
    at,
    teamId,
    params: { code: alert.patientCode, by: clockOf(alert.acknowledgeBy, zone), days: alert.gate },
    about: {
      kind: 'alert' as const,
      patientId,
      alertId,
      while: step === 'no-need' ? ('any' as const) : step === 'gate' ? ('open' as const) : ('triggered' as const),
    },
    path: `/patients/${patientId}`,
  };
}

function staffWords(alert: Alert, template: Template, policy: AlertPolicy) {
  const severity = alert.band === 'red' ? ('red' as const) : ('yellow' as const);
  return { template, severity, immediate: true, ...(policy.onCall.includes(severity) && { onCall: true }) };
}

/** "Cannot take" reaches the owner the same day. */
export function messageOfTask(task: Task, policy: AlertPolicy, zone: string): MessageRequest | undefined {
  if (task.taskKind !== 'cannot-take') return undefined;
  return {
    messageId: `${task.patientId}.${task.taskId}`,
    at: task.openedAt,
    to: { kind: 'staff', id: task.ownerId },
    teamId: task.teamId,
    template: 'cannot-take',
    params: { code: task.patientCode, by: clockOf(task.dueBy, zone) },
    severity: 'yellow',
    immediate: true,
    about: { kind: 'task', patientId: task.patientId, taskId: task.taskId },
    path: `/patients/${task.patientId}`,
    ...(policy.onCall.includes('yellow') && { onCall: true }),
  };
}

/** `12:40` on the team's wall. */
export function clockOf(instant: string | undefined, zone: string): string {
  return instant === undefined ? '' : zoned(instant, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}
