import type { QueueName } from './tools.ts';

/**
 * Which queues hear of a change, by the item's `kind`. A kind that is not here is nobody's business but its owner's
 * (timers, locks, sessions, telemetry state).
 */
const listeners: Readonly<Record<string, readonly QueueName[]>> = {
  day: ['alerts'],
  plan: ['alerts', 'devices', 'live'],
  away: ['alerts', 'live'],
  alert: ['live'],
  task: ['devices', 'live'],
  note: ['live'],
  ticket: ['live'],
  incident: ['live'],
  allocation: ['projections', 'devices', 'live'],
  profile: ['alerts'],
  consent: ['alerts', 'devices', 'live'],
  enrolment: ['live'],
  message: ['live'],
  audit: ['audit'],
};

/** Whose end is news too. A row of a caseload is told of by who writes it, so that a lone opening wakes no more than it must. */
const ofEnds: Readonly<Record<string, readonly QueueName[]>> = {
  away: ['alerts', 'live'],
  alert: ['live'],
  task: ['live'],
  case: ['live'],
};

/** What the stream need not bring at all: the filter of its reader is made of these. */
export const heard = { kinds: Object.keys(listeners), removed: Object.keys(ofEnds) };

export function queuesFor(kind: string, event: 'INSERT' | 'MODIFY' | 'REMOVE'): readonly QueueName[] {
  return (event === 'REMOVE' ? ofEnds : listeners)[kind] ?? [];
}
