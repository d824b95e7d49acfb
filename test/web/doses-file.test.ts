import { describe, expect, it } from 'vitest';
import type { DayView, DoseSlotView, EvidenceView } from '../../functions/treatment/contract.ts';
import { dosesCsv } from '../../web/src/reports/doses-file.ts';
import { readCsv } from '../support/read-csv.ts';
import { filesWords, workWords } from './files-words.ts';

const reading = { files: filesWords, work: workWords, lang: 'en', zone: 'Asia/Kolkata' } as const;

const aPiece = (over: Partial<EvidenceView>): EvidenceView => ({
  id: over.kind ?? 'opening',
  kind: 'opening',
  happenedAt: '2026-11-29T03:10:00.000Z',
  knownAt: '2026-11-29T09:40:00.000Z',
  ...over,
});

const aSlot = (over: Partial<DoseSlotView> = {}): DoseSlotView => ({
  ...{ slotId: 'plan_1/2026-11-29/morning', name: 'morning', plannedTime: '08:00' },
  plannedAt: '2026-11-29T02:30:00.000Z',
  opensAt: '2026-11-29T00:30:00.000Z',
  closesAt: '2026-11-29T05:30:00.000Z',
  ...{ status: 'opened', pills: [], totalCount: 4, food: 'any', unit: 'pills', inBox: true, critical: false },
  evidence: [],
  ...over,
});

const aDay = (localDate: string, ...slots: DoseSlotView[]): DayView => ({
  ...{ localDate, slots, unmatched: [], policyVersion: '1', version: 1 },
});

const linesOf = (...days: DayView[]) => readCsv(dosesCsv(days, reading)).slice(1);

const cellsOf = (slot: DoseSlotView) => linesOf(aDay('2026-11-29', slot))[0] ?? [];

describe('the doses of a patient as a file', () => {
  it('has a line a slot, from the first day on', () => {
    const evening = aSlot({ name: 'evening', plannedTime: '20:00', status: 'silent' });
    const lines = linesOf(aDay('2026-11-30', aSlot({ status: 'yet' })), aDay('2026-11-29', aSlot(), evening));
    expect(lines.map((cells) => cells.slice(0, 4))).toEqual([
      ['2026-11-29', 'Morning', '08:00', 'Box opened'],
      ['2026-11-29', 'Evening', '20:00', 'Box not reporting'],
      ['2026-11-30', 'Morning', '08:00', 'Not yet'],
    ]);
  });

  it('says in the patient’s zone when it happened and since when it is known, and by what', () => {
    const slot = aSlot({ detail: 'arrived-late', evidence: [aPiece({ boxId: 'CC-4471' })] });
    expect(cellsOf(slot).slice(3)).toEqual([
      ...['Box opened', 'Box opened (arrived late)'],
      ...['Box opened', '2026-11-29 08:40', '2026-11-29 15:10', 'CC-4471', ''],
    ]);
  });

  it('puts first what the status rests on, not what came first', () => {
    const said = aPiece({ kind: 'taken', authorRole: 'patient' });
    const seen = aPiece({ kind: 'watched', authorRole: 'nurse', happenedAt: '2026-11-29T04:00:00.000Z' });
    const cells = cellsOf(aSlot({ status: 'seen', evidence: [said, seen] }));
    expect(cells.slice(5, 7)).toEqual(['Taken, watched', '2026-11-29 09:30']);
    expect(cells.slice(8)).toEqual(['Nurse', 'Patient says taken 2026-11-29 08:40']);
  });

  it('shows what is not counted, and that it is not', () => {
    const slot = aSlot({ status: 'shut', evidence: [aPiece({ boxId: 'CC-4471', ignored: 'refill-visit' })] });
    expect(cellsOf(slot).slice(5)).toEqual([
      ...['', '', '', ''],
      'Box opened 2026-11-29 08:40 (Opened at the refill visit; not counted.)',
    ]);
  });
});
