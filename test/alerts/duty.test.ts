import { describe, expect, it } from 'vitest';
import { dutyOf, withinWork } from '../../functions/alerts/duty.ts';
import { usualCalendar } from '../../functions/organisations/calendar.ts';

/** Monday to Saturday, nine to five: 03:30 to 11:30 in UTC. */
const calendar = usualCalendar('Asia/Kolkata');
const monday = '2026-11-30';
const openedAt = `${monday}T04:10:00.000Z`;
const early = `${monday}T04:50:00.000Z`;
const later = `${monday}T07:51:00.000Z`;

describe('the duty that a row shows', () => {
  it.each([
    ['acknowledging, when that comes first', 'triggered', early, later, 'acknowledge', early],
    ['the contact, when that comes first', 'triggered', later, early, 'contact', early],
    ['the contact, once somebody is on it', 'acknowledged', early, later, 'contact', later],
    ['acknowledging, when no contact is asked', 'triggered', later, undefined, 'acknowledge', later],
  ] as const)('is %s', (_, state, acknowledgeBy, contactBy, kind, by) => {
    const alert = { state, openedAt, acknowledgeBy, ...(contactBy && { contactBy }) };
    expect(dutyOf(alert, calendar)).toEqual({ kind, by, within: by });
  });

  it('is none once somebody has spoken with the patient', () => {
    const alert = { state: 'acknowledged', openedAt, contactBy: later, contactedAt: early } as const;
    expect(dutyOf(alert, calendar)).toBeUndefined();
  });

  it.each([
    ['within working time as it is', openedAt, later, later],
    ['in a night by the end of the day before', openedAt, `${monday}T20:00:00.000Z`, `${monday}T11:30:00.000Z`],
    ['early in the morning by the evening before', openedAt, '2026-12-01T01:00:00.000Z', `${monday}T11:30:00.000Z`],
    [
      'on a Sunday by Saturday evening',
      '2026-12-04T05:00:00.000Z',
      '2026-12-06T05:00:00.000Z',
      '2026-12-05T11:30:00.000Z',
    ],
    [
      'with no work in between when work begins',
      '2026-12-05T12:00:00.000Z',
      '2026-12-06T05:00:00.000Z',
      '2026-12-07T03:30:00.000Z',
    ],
  ])('is due %s', (_, from, by, within) => {
    expect(withinWork(calendar, from, by)).toBe(within);
  });

  it('is shown with its own time, and ordered by when it is due at work', () => {
    const alert = {
      state: 'acknowledged',
      openedAt: '2026-12-04T05:00:00.000Z',
      contactBy: '2026-12-06T05:00:00.000Z',
    } as const;
    expect(dutyOf(alert, calendar)).toMatchObject({
      by: '2026-12-06T05:00:00.000Z',
      within: '2026-12-05T11:30:00.000Z',
    });
  });
});
