import {
  type DayView,
  type DoseSlotView,
  detailWords,
  doseStatuses,
  type EvidenceKind,
  type EvidenceView,
  type StatusKey,
} from '../../../functions/treatment/contract.ts';
import type { Language } from '../text/areas.ts';
import { localStamp } from '../text/days.ts';
import type { Text } from '../text/text.ts';
import { slotTitle } from '../treatment/slot-title.ts';
import { type Cell, csvOf } from './csv.ts';

interface Reading {
  files: Text<'files'>;
  work: Text<'work'>;
  lang: Language;
  /** The patient's: in it stand all times. */
  zone: string;
}

/** Which evidence a status speaks of; with any other status the first that came. */
const telling: Partial<Record<StatusKey, readonly EvidenceKind[]>> = {
  seen: ['watched', 'video-approved'],
  opened: ['opening'],
  said: ['taken', 'typed-later', 'pocket-dose'],
  missed: ['not-taken', 'opened-not-taken', 'cannot-take'],
};

const roles = ['patient', 'supporter', 'health-worker', 'nurse', 'doctor'] as const;

/**
 * The doses as a table, a line a slot: its status in words, when and by what it is known, and what else was said of it. What
 * belongs to no dose of its day (the box opened when none was planned) has a line of its own after them.
 */
export function dosesCsv(days: readonly DayView[], reading: Reading): string {
  const t = reading.files;
  const head = [
    ...[t('date'), t('slot'), t('planned'), t('status'), t('exactly')],
    ...[t('evidence'), t('evidence-at'), t('known-at'), t('source'), t('also')],
  ];
  const lines = [...days]
    .sort((a, b) => (a.localDate < b.localDate ? -1 : 1))
    .flatMap((day) => [
      ...day.slots.map((slot) => line(day.localDate, slot, reading)),
      ...inOrder(day.unmatched).map((piece) => lineOfNoDose(day.localDate, piece, reading)),
    ]);
  return csvOf([head, ...lines]);
}

function line(localDate: string, slot: DoseSlotView, { files, work, lang, zone }: Reading): Cell[] {
  const { main, also } = spokenOf(slot);
  const at = (instant: string) => localStamp(instant, zone);
  const said = ({ kind, happenedAt, ignored }: EvidenceView) =>
    [work(`what.${kind}`), at(happenedAt), ignored && `(${work(`what.ignored-${ignored}`)})`].filter(Boolean).join(' ');
  return [
    ...[localDate, slotTitle(slot.name, work), slot.plannedTime, doseStatuses[slot.status].staff[lang]],
    slot.detail && detailWords[slot.detail][lang],
    ...(main
      ? [work(`what.${main.kind}`), at(main.happenedAt), at(main.knownAt), sourceOf(main, files)]
      : ['', '', '', '']),
    also.map(said).join('; '),
  ];
}

function lineOfNoDose(localDate: string, piece: EvidenceView, { files, work, zone }: Reading): Cell[] {
  const { kind, slot, ignored, happenedAt, knownAt } = piece;
  return [
    ...[localDate, slot && slotTitle(slot, work), '', files('no-dose'), ignored && work(`what.ignored-${ignored}`)],
    ...[work(`what.${kind}`), localStamp(happenedAt, zone), localStamp(knownAt, zone), sourceOf(piece, files), ''],
  ];
}

const inOrder = (evidence: readonly EvidenceView[]) =>
  [...evidence].sort((a, b) => Date.parse(a.happenedAt) - Date.parse(b.happenedAt));

/** What the status rests on, when anything does, and the rest as it happened. Nothing rests on what is not counted. */
function spokenOf({ status, evidence }: DoseSlotView) {
  const happened = inOrder(evidence);
  const kinds = telling[status];
  const main = happened.find(({ kind, ignored }) => !ignored && (kinds === undefined || kinds.includes(kind)));
  return { main, also: happened.filter((one) => one !== main) };
}

function sourceOf({ boxId, authorRole }: EvidenceView, t: Text<'files'>): string {
  const role = roles.find((one) => one === authorRole);
  return boxId ?? (role ? t(`by.${role}`) : '');
}
