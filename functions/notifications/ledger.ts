import { addSeconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { claimTelling, recordTelling } from '../treatment/claim-telling.ts';
import type { Attempt, Channel } from './contract.ts';
import { leaseSeconds, longestAttemptList } from './delivery.ts';
import type { MessageRequest } from './message.ts';
import { claimDelivery, claimFromLoad, readDelivery, recordDelivery } from './store.ts';

/** Where it is written down that a message was sent: claimed before, recorded after. */
export type Ledger = {
  claim(tools: Tools): Promise<'mine' | 'done' | 'busy' | 'refused' | 'full' | 'no longer so'>;
  record(tools: Tools, attempt: Attempt, outcome: 'sent' | 'again' | 'refused' | 'given up'): Promise<void>;
};

/** The day on which a message counts as one of so many. */
export type Counted = { readonly localDate: string; readonly perDay: number };

/**
 * Reminders are noted on the patient's day (two writes of one unit, no further item); all else in the delivery log. What
 * counts to the day's immediate messages is claimed by counting it.
 */
export function ledgerOf(request: MessageRequest, channel: Channel, counted?: Counted): Ledger {
  return request.about.kind === 'dose'
    ? onTheDay(request, request.about, channel)
    : inTheLog(request, channel, counted);
}

function onTheDay(
  request: MessageRequest,
  about: Extract<MessageRequest['about'], { kind: 'dose' }>,
  channel: Channel,
): Ledger {
  const { patientId, planId, localDate, slot, step } = about;
  const telling = { patientId, planId, localDate, slot, step: `${step}.${slot}.${channel}` };
  return {
    claim: async (tools) => {
      const claimed = await claimTelling(tools, telling, leaseSeconds);
      return claimed === 'told' ? 'done' : claimed;
    },
    record: async (tools, attempt, outcome) => {
      await recordTelling(tools, telling, outcome === 'sent' ? 'told' : 'failed');
      if (outcome !== 'given up') return;
      const log = { request, channel, attempts: [attempt], ...(attempt.why !== undefined && { why: attempt.why }) };
      await recordDelivery(tools, { ...log, state: 'undelivered' }, tools.now());
    },
  };
}

function inTheLog(request: MessageRequest, channel: Channel, counted: Counted | undefined): Ledger {
  let before: readonly Attempt[] = [];
  return {
    claim: async (tools) => {
      // What the log knows was sent, given up, or is to be tried again: it was counted then.
      if (!counted || (await readDelivery(tools, request, channel)))
        return await claimDelivery(tools, request, channel, tools.now());
      const { to, messageId } = request;
      return await claimFromLoad(tools, { recipientId: to.id, messageId, channel, ...counted });
    },
    record: async (tools, attempt, outcome) => {
      const now = tools.now();
      if (outcome !== 'sent') before = (await readDelivery(tools, request, channel))?.attempts ?? [];
      const attempts = [...before, attempt].slice(-longestAttemptList);
      const common = { request, channel, attempts, ...(attempt.why !== undefined && { why: attempt.why }) };
      if (outcome === 'sent') await recordDelivery(tools, { ...common, state: 'sent', sentAt: now }, now);
      else if (outcome === 'again')
        await recordDelivery(tools, { ...common, state: 'sending', leaseUntil: addSeconds(now, -1) }, now);
      else await recordDelivery(tools, { ...common, state: outcome === 'refused' ? 'dropped' : 'undelivered' }, now);
    },
  };
}
