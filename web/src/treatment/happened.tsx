import type { PatientNote } from '../../../functions/alerts/contract.ts';
import { AwayReason, doseStatuses, StopReason, type TimelineEntry } from '../../../functions/treatment/contract.ts';
import type { GlyphName } from '../look/glyph.tsx';
import type { IconName } from '../look/icon.tsx';
import { Timeline } from '../look/patient-page.tsx';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';
import { reasonKey } from './reason-key.ts';
import { slotTitle } from './slot-title.ts';

type Mark = { glyph: GlyphName } | { icon: IconName };

const marks = {
  opening: { glyph: 'opened' },
  taken: { glyph: 'said' },
  'cannot-take': { glyph: 'yellow' },
  watched: { glyph: 'seen' },
  'typed-later': { glyph: 'said' },
  'not-taken': { glyph: 'missed' },
  'opened-not-taken': { glyph: 'missed' },
  'pocket-dose': { glyph: 'said' },
  'video-approved': { glyph: 'seen' },
  'video-rejected': { glyph: 'silent' },
  plan: { icon: 'pills' },
  hold: { glyph: 'hold' },
  away: { glyph: 'away' },
  refill: { icon: 'box' },
  stop: { glyph: 'hold' },
  moved: { glyph: 'away' },
} as const satisfies Record<string, Mark>;

const authors = ['supporter', 'health-worker', 'nurse', 'doctor'] as const;

const aways = [...AwayReason.options, 'back-with-box', 'back-without-box'] as const;

/** What happened, when, and when we knew, with what staff wrote about it: newest first. */
export function Happened(props: { entries: readonly TimelineEntry[]; notes: readonly PatientNote[]; zone: string }) {
  const { entries, notes, zone } = props;
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  const viewer = useViewer();
  if (entries.length + notes.length === 0) return <p class="none">{t('page.nothing-yet')}</p>;
  const items = [
    ...entries.map((entry) => ({ knownAt: entry.knownAt, item: ofEntry(entry) })),
    ...notes.map((note) => ({ knownAt: note.at, item: ofNote(note) })),
  ].sort((a, b) => (a.knownAt === b.knownAt ? 0 : a.knownAt < b.knownAt ? 1 : -1));
  return <Timeline items={items.map(({ item }) => item)} />;

  function ofEntry(entry: TimelineEntry) {
    const lateMinutes = (Date.parse(entry.knownAt) - Date.parse(entry.happenedAt)) / 60_000;
    const { title, says, mark } = sentence(entry);
    const known = lateMinutes >= 1 ? t('page.known', { time: dates.stamp(entry.knownAt, zone) }) : '';
    return {
      id: entry.id,
      mark,
      title,
      says: [says, known].filter(Boolean).join(' '),
      ...timeOf(entry.happenedAt),
    };
  }

  function ofNote({ noteId, at, text, by, byName }: PatientNote) {
    const title = by === viewer.userId ? t('what.note-you') : t('what.note-by', { name: byName });
    return { id: `note:${noteId}`, mark: { icon: 'note' } as const, title, says: text, ...timeOf(at) };
  }

  function timeOf(instant: string) {
    const day = dates.localDate(instant, zone);
    return { time: `${dates.short(day)} ${dates.clock(instant, zone)}`, instant };
  }

  /** What staff and patients wrote has no full stop; what follows would run into it. */
  function inSentences(parts: readonly string[]): string {
    return parts
      .filter(Boolean)
      .map((part) => (/[.।!?]$/.test(part) ? part : `${part}${lang === 'hi' ? '।' : '.'}`))
      .join(' ');
  }

  /** Oneself, or what somebody is to the patient. What patients say themselves is in the title already. */
  function by(author: string | undefined, role?: string): string {
    if (author === viewer.userId) return t('what.by-you');
    const known = authors.find((one) => one === role);
    return known ? t(`what.by-${known}`) : '';
  }

  function aboutOf({ what, about, given, localDate }: TimelineEntry): string {
    if (what === 'refill' && given) return given.map(({ name, pills }) => `${name}: ${pills}.`).join(' ');
    const reason = StopReason.options.find((one) => one === about);
    if (what === 'stop' && reason && localDate) return `${t(`ended.${reason}`, { date: dates.dated(localDate) })}.`;
    const away = aways.find((one) => one === about);
    if (what === 'away' && away) return `${t(`away.${away}`)}.`;
    return about ?? '';
  }

  function sentence(entry: TimelineEntry): { title: string; says: string; mark: Mark } {
    // A plan with one dose a day calls it so; it says nothing that the date does not.
    const slot = entry.slot && entry.slot !== 'day' ? `, ${slotTitle(entry.slot, t).toLowerCase()}` : '';
    if (entry.evidence) {
      const { kind, durationSeconds, reason, note, ignored, author, authorRole } = entry.evidence;
      const parts = [
        durationSeconds !== undefined ? t('what.opening-long', { seconds: Math.round(durationSeconds) }) : '',
        reason && kind === 'cannot-take' ? t(reasonKey(reason)) : (reason ?? ''),
        note ?? '',
        by(author, authorRole),
        ignored ? t(`what.ignored-${ignored}`) : '',
      ];
      return {
        title: `${t(`what.${kind}`)}${slot}`,
        says: inSentences(parts),
        mark: ignored ? { glyph: 'silent' } : marks[kind],
      };
    }
    if (entry.what === 'status' && entry.status) {
      const date = entry.localDate ? dates.short(entry.localDate) : '';
      return {
        title: `${date}${slot}: ${doseStatuses[entry.status].staff[lang]}`,
        says: entry.detail === 'arrived-late' ? t('what.late') : '',
        mark: { glyph: entry.status },
      };
    }
    const what = entry.what === 'evidence' || entry.what === 'status' ? 'plan' : entry.what;
    return {
      title: t(`what.${what}`),
      says: inSentences([aboutOf(entry), by(entry.author)]),
      mark: marks[what],
    };
  }
}
