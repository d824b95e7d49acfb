import { expect, inject, it } from 'vitest';
import { viewerOf } from '../../functions/identity/grant.ts';
import { createTestTools } from '../support/table-tools.ts';
import { anActor } from '../support/tools.ts';

it('has their own team first, then each that they stand in for now, once and until the last day', async () => {
  const tools = await createTestTools(inject('dynamodbEndpoint'), { now: '2026-11-30T04:10:00.000Z' });
  const cover = (teamId: string, from: string, to: string) => ({ teamId, from: `2026-${from}`, to: `2026-${to}` });
  const teams = [
    cover('team_hills', '11-29T18:30:00.000Z', '12-01T18:30:00.000Z'),
    cover('team_hills', '11-28T18:30:00.000Z', '12-03T18:30:00.000Z'),
    cover('team_over', '11-27T18:30:00.000Z', '11-29T18:30:00.000Z'),
    cover('team_later', '11-30T18:30:00.000Z', '12-01T18:30:00.000Z'),
    { teamId: 'team_own' },
  ];
  const viewer = await viewerOf(tools, anActor({ userId: 'usr_meera', roles: ['nurse'], teams }));
  expect(viewer.teams).toEqual([
    { teamId: 'team_own', name: '' },
    { teamId: 'team_hills', name: '', coverUntil: '2026-12-03T18:30:00.000Z' },
  ]);
});
