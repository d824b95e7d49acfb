import { describe, expect, it } from 'vitest';
import { fellSilentTogether, isIncident, isOver, type WatchedBox } from '../../functions/devices/incident.ts';

const now = '2026-11-30T12:00:00.000Z';
const heardAt = (boxId: string, lastHeardAt: string, uploadIntervalHours = 1): WatchedBox => ({
  boxId,
  lastHeardAt,
  heldFrom: '2026-11-01T00:00:00.000Z',
  uploadIntervalHours,
});

describe('more than a fifth of a facility’s boxes silent in one window', () => {
  it.each([
    [15, 75, false],
    [16, 75, true],
    [2, 5, false],
    [3, 5, true],
    [3, 15, false],
    [4, 15, true],
  ])('%i of %i together: incident %s', (together, all, incident) => {
    expect(isIncident(together, all)).toBe(incident);
  });

  it('counts the boxes that fell silent within one window, not those that were dead before', () => {
    const boxes = [
      heardAt('CC-NEW', '2026-11-30T02:00:00.000Z'),
      heardAt('CC-EDGE', '2026-11-29T10:00:00.000Z'),
      heardAt('CC-OLD', '2026-11-27T10:00:00.000Z'),
      heardAt('CC-SLEEPS', '2026-11-29T10:00:00.000Z', 48),
      heardAt('CC-OK', '2026-11-30T11:30:00.000Z'),
    ];
    expect(fellSilentTogether(boxes, now)).toEqual(['CC-EDGE', 'CC-NEW']);
  });

  it('is over at a tenth, so that it does not flicker around a fifth', () => {
    expect(isOver(8, 75, 2)).toBe(false);
    expect(isOver(7, 75, 2)).toBe(true);
  });

  it('is over after three days though a few boxes stay dead, never while as many are silent as open one', () => {
    expect(isOver(15, 75, 71)).toBe(false);
    expect(isOver(15, 75, 72)).toBe(true);
    expect(isOver(16, 75, 24 * 30)).toBe(false);
  });
});
