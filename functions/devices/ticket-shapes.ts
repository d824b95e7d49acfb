import * as z from 'zod/mini';

/** Below this a box is asked to be charged; back above the second figure it counts as charged. */
export const batteryMillivolts = { low: 3600, charged: 3700 } as const;

export const TicketReason = z.enum(['battery', 'silence']);
export type TicketReason = z.infer<typeof TicketReason>;
