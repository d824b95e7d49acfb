import type { MessageRequest } from '../../functions/notifications/message.ts';

/** 09:40 on a Monday in Kolkata. */
const at = '2026-11-30T04:10:00.000Z';

/** To the nurse of team_1, at once. */
export function aMessage(number = 1, overrides: Partial<MessageRequest> = {}): MessageRequest {
  return {
    messageId: `alt_${number}.opened`,
    at,
    to: { kind: 'staff', id: 'usr_nurse' },
    teamId: 'team_1',
    template: 'alert-opened',
    params: { code: 'GUM-0388-2', by: '13:40' },
    severity: 'red',
    immediate: true,
    about: { kind: 'team', teamId: 'team_1' },
    ...overrides,
  };
}

/** To pat_1, of the dose of that day. */
export function aReminder(overrides: Partial<MessageRequest> = {}): MessageRequest {
  return aMessage(1, {
    messageId: 'remind.pln_pat_1.2026-11-30.day',
    to: { kind: 'patient', id: 'pat_1' },
    template: 'dose-reminder',
    params: { time: '08:00' },
    severity: 'info',
    immediate: false,
    about: {
      kind: 'dose',
      patientId: 'pat_1',
      planId: 'pln_pat_1',
      localDate: '2026-11-30',
      slot: 'day',
      step: 'remind',
    },
    ...overrides,
  });
}
