import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayFacts, dayAsKnownAt, deriveDay } from '../../functions/treatment/derive-day.ts';
import type { BoxReport, Evidence } from '../../functions/treatment/evidence.ts';
import { aDay, anOpening, aSlot, said } from './builders.ts';

const closed = '2026-11-30T21:30:00.000Z';
const nextMorning = '2026-12-01T03:00:00.000Z';
const at = (hour: string) => `2026-11-30T${hour}:00.000Z`;

function report(receivedAt: string, heardThrough = receivedAt, uploadIntervalHours = 12): BoxReport {
  return { boxId: 'CC-4471', receivedAt, heardThrough, uploadIntervalHours };
}

function statusOf(facts: Partial<DayFacts>, now = nextMorning, slot = 0): string {
  const derived = deriveDay(aDay(facts), now).slots[slot];
  return derived?.detail ? `${derived.status} ${derived.detail}` : String(derived?.status);
}

const spoke = [report('2026-12-01T00:00:00.000Z')];

describe('a slot without a word about it', () => {
  it.each<[string, Partial<DayFacts>, string, string]>([
    ['is not yet, all day long', { reports: [report(at('18:00'))] }, '2026-11-30T21:29:59.999Z', 'yet'],
    ['waits for the box that could not speak yet', { reports: [report(at('18:00'))] }, closed, 'waiting'],
    ['is not opened once the box has reported past its end', { reports: spoke }, nextMorning, 'shut'],
    ['is not opened when it has reported exactly to its end', { reports: [report(closed)] }, closed, 'shut'],
    [
      'waits while the last millisecond is not heard',
      { reports: [report(nextMorning, '2026-11-30T21:29:59.999Z')] },
      nextMorning,
      'waiting',
    ],
    [
      'still waits at twice the upload interval',
      { reports: [report(at('18:00'))] },
      '2026-12-01T18:00:00.000Z',
      'waiting',
    ],
    [
      'has a silent box after twice the upload interval',
      { reports: [report(at('18:00'))] },
      '2026-12-01T18:00:00.001Z',
      'silent',
    ],
    [
      'has a silent box at once when it was hourly and long gone',
      { reports: [report(at('10:00'), at('10:00'), 1)] },
      closed,
      'silent',
    ],
    [
      'waits four days for a box that uploads every two',
      { reports: [report(at('18:00'), at('18:00'), 48)] },
      '2026-12-04T17:00:00.000Z',
      'waiting',
    ],
    [
      'waits for the hole in what the box says',
      { reports: [report(nextMorning, at('12:00'))] },
      '2026-12-01T10:00:00.000Z',
      'waiting',
    ],
    [
      'is not known when the hole stays',
      { reports: [report('2026-12-02T00:00:00.000Z', at('12:00'))] },
      '2026-12-02T00:00:00.000Z',
      'silent box-gap',
    ],
    [
      'waits while an event of the window is missing',
      { reports: [{ ...report(nextMorning), gaps: [{ from: at('05:00'), to: at('07:00') }] }] },
      nextMorning,
      'waiting',
    ],
    [
      'is not known when that event never comes',
      { reports: [{ ...report('2026-12-02T00:00:00.000Z'), gaps: [{ from: at('05:00'), to: at('07:00') }] }] },
      '2026-12-02T00:00:00.000Z',
      'silent box-gap',
    ],
    [
      'is not opened when the gap lies in another day',
      {
        reports: [
          { ...report(nextMorning), gaps: [{ from: '2026-11-28T05:00:00.000Z', to: '2026-11-28T07:00:00.000Z' }] },
        ],
      },
      nextMorning,
      'shut',
    ],
    ['is not known without a box', { holdings: [] }, closed, 'silent no-box'],
    [
      'is not known when the pills are not in the box',
      { slots: [aSlot({ inBox: false })], reports: spoke },
      nextMorning,
      'silent no-box',
    ],
    [
      'is not known when the box came after the planned time',
      { holdings: [{ boxId: 'CC-4471', from: at('05:00') }], reports: spoke },
      nextMorning,
      'silent no-box',
    ],
    [
      'is not known when the box went back before its end',
      { holdings: [{ boxId: 'CC-4471', from: at('01:00'), to: at('12:00') }], reports: spoke },
      nextMorning,
      'silent no-box',
    ],
    ['is on hold', { slots: [aSlot({ heldAt: at('01:00') })], reports: spoke }, nextMorning, 'hold'],
    [
      'is away, whatever the box says',
      { away: { awayId: 'a', reason: 'admitted', at: at('01:00') }, reports: spoke },
      nextMorning,
      'away',
    ],
  ])('%s', (_name, facts, now, expected) => {
    expect(statusOf(facts, now)).toBe(expected);
  });

  it('is not opened only when both boxes of a swapped day have spoken', () => {
    const holdings = [
      { boxId: 'CC-4471', from: '2026-11-01T00:00:00.000Z', to: at('10:00') },
      { boxId: 'CC-9000', from: at('10:05') },
    ];
    const second = { ...report('2026-12-01T00:00:00.000Z'), boxId: 'CC-9000' };
    expect(statusOf({ holdings, reports: [second] })).not.toBe('shut');
    expect(statusOf({ holdings, reports: [second, report(at('11:00'))] })).toBe('shut');
  });
});

describe('what people and boxes say', () => {
  const opening = anOpening(at('03:00'));
  it.each<[string, Evidence[], string]>([
    ['an opening in the window', [opening], 'opened'],
    [
      'an opening that arrived after the window',
      [anOpening(at('03:00'), { receivedAt: nextMorning })],
      'opened arrived-late',
    ],
    ['a watched dose, written down by who watched on the same day', [said('watched', at('05:00'))], 'seen'],
    [
      'a watched dose written down the next day',
      [said('watched', nextMorning, { at: at('05:00') })],
      'said typed-later',
    ],
    [
      'a watched dose written down by somebody else',
      [said('watched', at('05:00'), { watchedBy: 'usr_b' })],
      'said typed-later',
    ],
    ['an approved video', [said('video-approved', nextMorning)], 'seen'],
    ['the patient’s word', [said('taken', at('04:00'))], 'said'],
    ['staff typing later never counts as seen', [said('typed-later', nextMorning)], 'said typed-later'],
    ['staff typing later beside an opening', [opening, said('typed-later', nextMorning)], 'opened'],
    ['a pocket dose declared ahead', [said('pocket-dose', '2026-11-28T05:00:00.000Z')], 'said pocket-dose'],
    ['not taken, confirmed by staff', [said('not-taken', nextMorning)], 'missed'],
    [
      'not taken, though the patient had said taken',
      [said('taken', at('04:00')), said('not-taken', nextMorning)],
      'missed',
    ],
    ['not taken, though staff knew of an opening', [opening, said('not-taken', nextMorning)], 'missed'],
    [
      'an opening that arrived after staff wrote not taken',
      [said('not-taken', closed), anOpening(at('03:00'), { receivedAt: nextMorning })],
      'opened arrived-late',
    ],
    ['opened but not taken', [opening, said('opened-not-taken', nextMorning)], 'missed'],
    [
      'opened but not taken, whatever arrives later',
      [said('opened-not-taken', closed), anOpening(at('03:00'), { receivedAt: nextMorning })],
      'missed',
    ],
    [
      'staff correcting themselves',
      [said('not-taken', at('05:00')), said('typed-later', at('06:00'))],
      'said typed-later',
    ],
    ['cannot take', [said('cannot-take', at('04:00'))], 'missed cannot-take'],
    ['cannot take, then taken after all', [said('cannot-take', at('04:00')), said('taken', at('06:00'))], 'said'],
    ['taken, then cannot', [said('taken', at('04:00')), said('cannot-take', at('06:00'))], 'missed cannot-take'],
    ['cannot take, then the box is opened', [said('cannot-take', at('04:00')), anOpening(at('06:00'))], 'opened'],
    ['a rejected video beside an opening', [opening, said('video-rejected', at('06:00'))], 'silent contradicted'],
    [
      'a rejected video that was done again',
      [said('video-rejected', at('06:00')), said('video-approved', at('09:00'))],
      'seen',
    ],
    ['seen beats everything', [said('watched', at('05:00')), said('not-taken', nextMorning), opening], 'seen'],
    ['evidence that was moved to another patient', [{ ...opening, movedAt: nextMorning }], 'shut'],
  ])('%s', (_name, evidence, expected) => {
    expect(statusOf({ evidence, reports: spoke })).toBe(expected);
  });

  it('cannot take shows before the slot is missed', () => {
    expect(statusOf({ evidence: [said('cannot-take', at('04:00'))] }, at('05:00'))).toBe('yet cannot-take');
  });

  it('a dose taken while on hold stays on hold and says so', () => {
    expect(statusOf({ slots: [aSlot({ heldAt: at('01:00') })], evidence: [opening] })).toBe('hold taken-while-held');
  });

  it('evidence on a day away still counts', () => {
    const away = { awayId: 'a', reason: 'admitted', at: at('01:00') };
    expect(statusOf({ away, evidence: [said('watched', at('05:00'))] })).toBe('seen');
  });

  it('an opening of a refill visit is ignored, one after it counts', () => {
    const refills = [{ from: at('04:00'), to: at('05:00'), at: at('05:00') }];
    expect(statusOf({ refills, evidence: [anOpening(at('04:30'))], reports: spoke })).toBe('shut');
    expect(statusOf({ refills, evidence: [anOpening(at('04:30')), anOpening(at('05:30'))], reports: spoke })).toBe(
      'opened',
    );
  });
});

describe('a day with two slots', () => {
  const slots = [
    aSlot({ name: 'morning', closesAt: at('08:30') }),
    aSlot({ name: 'evening', plannedAt: at('14:30'), opensAt: at('08:30') }),
  ];

  it('gives an opening only to the slot in whose window it lies', () => {
    const facts = { slots, evidence: [anOpening(at('08:29'))], reports: spoke };
    expect([statusOf(facts), statusOf(facts, nextMorning, 1)]).toEqual(['opened', 'shut']);
  });

  it('does not let one moment at the edge count for both', () => {
    const facts = { slots, evidence: [anOpening(at('08:25')), anOpening(at('08:35'))], reports: spoke };
    expect([statusOf(facts), statusOf(facts, nextMorning, 1)]).toEqual(['opened', 'shut']);
    expect(deriveDay(aDay(facts), nextMorning).ignored.get(`opening:CC-4471:${at('08:35')}`)).toBe('same-moment');
  });

  it('keeps what names a slot that the day no longer has', () => {
    const facts = aDay({ slots, evidence: [said('taken', at('09:00'), { slot: 'noon' })] });
    expect(deriveDay(facts, nextMorning).unmatched).toEqual([`taken:${at('09:00')}`]);
  });
});

describe('what we knew', () => {
  const facts = aDay({
    evidence: [anOpening(at('03:00'), { receivedAt: '2026-12-02T05:00:00.000Z', movedAt: '2026-12-05T05:00:00.000Z' })],
    reports: [report('2026-12-01T00:00:00.000Z')],
  });
  it.each([
    ['before the slot closed', at('12:00'), 'yet'],
    ['after it closed', '2026-11-30T22:00:00.000Z', 'waiting'],
    ['when the box had spoken', '2026-12-01T01:00:00.000Z', 'shut'],
    ['when the opening had arrived', '2026-12-02T05:00:00.000Z', 'opened'],
    ['when it was moved to another patient', '2026-12-05T05:00:00.000Z', 'shut'],
  ])('%s', (_name, knownAt, expected) => {
    expect(deriveDay(dayAsKnownAt(facts, knownAt), knownAt).slots[0]?.status).toBe(expected);
  });
});

const minuteOfDay = fc
  .integer({ min: -600, max: 3000 })
  .map((minutes) => new Date(Date.parse(at('00:00')) + minutes * 60_000).toISOString());
const piece: fc.Arbitrary<Evidence> = fc
  .record({
    kind: fc.constantFrom<Evidence['kind'][]>(
      'opening',
      'taken',
      'cannot-take',
      'watched',
      'typed-later',
      'not-taken',
      'opened-not-taken',
      'pocket-dose',
      'video-rejected',
    ),
    at: minuteOfDay,
    delay: fc.integer({ min: 0, max: 3000 }),
    slot: fc.constantFrom('morning', 'evening'),
  })
  .map(({ kind, at: happened, delay, slot }) => {
    const receivedAt = new Date(Date.parse(happened) + delay * 60_000).toISOString();
    return {
      id: `${kind}:${happened}`,
      kind,
      at: happened,
      receivedAt,
      author: 'usr_a',
      ...(kind === 'opening' ? { boxId: 'CC-4471' } : { slot }),
    };
  });
const reports = fc.array(
  fc.tuple(minuteOfDay, minuteOfDay).map((times) => {
    const [through, received] = times.sort();
    return report(received ?? '', through ?? '');
  }),
  { maxLength: 4 },
);
const shuffled = fc.array(piece, { maxLength: 8 }).chain((pieces) =>
  fc.tuple(
    fc.constant(pieces),
    fc.shuffledSubarray([...pieces, ...pieces, ...pieces], {
      minLength: pieces.length * 3,
      maxLength: pieces.length * 3,
    }),
  ),
);

describe('any order and repetition', () => {
  it('of evidence and box reports gives the same day', () => {
    const slots = [
      aSlot({ name: 'morning', closesAt: at('08:30') }),
      aSlot({ name: 'evening', plannedAt: at('14:30'), opensAt: at('08:30') }),
    ];
    fc.assert(
      fc.property(shuffled, reports, minuteOfDay, ([pieces, mixed], heard, now) => {
        const one = deriveDay(aDay({ slots, evidence: pieces, reports: heard }), now);
        const other = deriveDay(aDay({ slots, evidence: mixed, reports: [...heard, ...heard].reverse() }), now);
        expect(other).toEqual(one);
      }),
      { numRuns: 150 },
    );
  });

  it('nobody’s typing makes a dose seen', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const typed = pieces.filter((one) => one.kind !== 'watched');
        expect(
          deriveDay(aDay({ evidence: typed.map(({ slot: _slot, ...one }) => ({ ...one, slot: 'day' })) }), nextMorning)
            .slots[0]?.status,
        ).not.toBe('seen');
      }),
      { numRuns: 100 },
    );
  });
});
