import * as z from 'zod/mini';
import { epochMilliseconds, toInstant } from '../shared/time.ts';
import { Case, type DayAhead } from './case-row.ts';

/** A slot to come: name, planned, closes (epoch ms), 1 in a critical week. */
const StoredSlot = z.tuple([z.string(), z.int(), z.int(), z.int()]);
const StoredDay = z.tuple([z.string(), z.int(), z.array(StoredSlot)]);

/** The row as stored: the days to come are tuples with times as numbers, so that a row stays below 1 kB (one write unit). */
const StoredCase = z.extend(Case, { ahead: z.array(StoredDay) });

export const CaseItem = z.pipe(
  StoredCase,
  z.transform((stored): Case => ({ ...stored, ahead: stored.ahead.map(dayFrom) })),
);

export function storedCase(row: Case): z.infer<typeof StoredCase> {
  return { ...row, ahead: row.ahead.map(storedDay) };
}

function dayFrom([localDate, startsAt, slots]: z.infer<typeof StoredDay>): DayAhead {
  return {
    localDate,
    startsAt: toInstant(startsAt),
    slots: slots.map(([name, planned, closes, critical]) => ({
      name,
      status: 'yet',
      plannedAt: toInstant(planned),
      closesAt: toInstant(closes),
      critical: critical === 1,
    })),
  };
}

function storedDay({ localDate, startsAt, slots }: DayAhead): z.infer<typeof StoredDay> {
  const ms = epochMilliseconds;
  return [
    localDate,
    ms(startsAt),
    slots.map(({ name, plannedAt, closesAt, critical }) => [name, ms(plannedAt), ms(closesAt), critical ? 1 : 0]),
  ];
}
