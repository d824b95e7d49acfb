import { beforeEach, describe, expect, it } from 'vitest';
import { archiveObjects } from '../../functions/audit/archive.ts';
import { eventsOf } from '../../functions/audit/store.ts';
import { refusals, whoSaw } from '../../functions/audit/who-saw.ts';
import { audit } from '../../functions/shared/audit.ts';
import { anActor, aTools, givenActor, type TestTools } from '../support/tools.ts';

let tools: TestTools;
beforeEach(async () => {
  tools = await aTools({ now: '2026-09-15T04:00:00.000Z' });
  await givenActor(tools, anActor({ roles: ['nurse'] }));
});

const seen = (action: string) =>
  audit(tools, { subjectId: 'pat_1', actorId: 'usr_nurse', action, outcome: 'allowed', why: 'care team' });

describe('who saw my record', () => {
  it('goes back over months without an event, newest first, with the name of the person', async () => {
    await seen('open record');
    tools.setNow('2026-11-30T04:00:00.000Z');
    await seen('read today');
    const { lines, next } = await whoSaw(tools, 'pat_1', undefined);
    expect(lines.map((line) => [line.action, line.actorName])).toEqual([
      ['read today', 'Meera Toppo'],
      ['open record', 'Meera Toppo'],
    ]);
    expect(next).toBeUndefined();
  });

  it('pages without losing or repeating a line', async () => {
    for (let n = 0; n < 120; n++) {
      tools.advance(60);
      await seen(`open ${n}`);
    }
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await whoSaw(tools, 'pat_1', cursor);
      found.push(...page.lines.map((line) => line.action));
      cursor = page.next;
    } while (cursor);
    expect(found).toEqual(Array.from({ length: 120 }, (_, n) => `open ${119 - n}`));
  });

  const written = (key: unknown) => `2026-09.${Buffer.from(JSON.stringify(key)).toString('base64url')}`;
  const pk = 'AUDIT#pat_1#2026-09';
  it.each([
    'nonsense',
    '2026-99',
    '2026-00',
    '0000-00',
    '0000-01',
    '0001-01',
    '2026-09.nonsense',
    written({ pk, sk: 'x', more: 'x' }),
    written({ pk }),
    written({ pk: 'AUDIT#pat_2#2026-09', sk: 'x' }),
    written([pk]),
    written(null),
  ])('refuses the cursor %s, which this list never gave', async (cursor) => {
    await expect(whoSaw(tools, 'pat_1', cursor)).rejects.toMatchObject({
      reason: 'invalid',
      errors: [{ pointer: '/query/cursor' }],
    });
  });
});

describe('refusals', () => {
  it.each<object>([
    {},
    { gsi1pk: 'REFUSED#org_gum' },
    { gsi1pk: 'REFUSED#org_gum', gsi1sk: 'x', pk: 'x', sk: 'x', more: 'x' },
  ])('refuse the cursor %j, which this list never gave', async (key) => {
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
    await expect(refusals(tools, 'org_gum', cursor)).rejects.toMatchObject({ reason: 'invalid' });
  });

  it('are found below the organisation whose record it was, and nowhere else', async () => {
    const refused = (subjectId: string, path: string[]) =>
      audit(tools, {
        subjectId,
        actorId: 'usr_x',
        action: 'open record',
        outcome: 'refused',
        why: 'no relation',
        path,
      });
    await refused('pat_1', ['org_in', 'org_gum']);
    await refused('pat_2', ['org_in', 'org_ran']);
    await seen('open record');
    expect((await refusals(tools, 'org_gum', undefined)).lines).toHaveLength(0);
    const { putOrganisation } = await import('../../functions/organisations/store.ts');
    await putOrganisation(tools, {
      organisationId: 'org_gum',
      level: 'facility',
      name: 'Gumla',
      path: ['org_in', 'org_gum'],
      version: 1,
    });
    expect((await refusals(tools, 'org_gum', undefined)).lines).toMatchObject([
      { actorId: 'usr_x', outcome: 'refused' },
    ]);
  });
});

describe('the archive', () => {
  it('holds each event as a line of its day, under a name that a repeat does not change', async () => {
    await seen('open record');
    tools.advance(86_400);
    await seen('read today');
    const keys = (await eventsOf(tools, 'pat_1', '2026-09', 10)).items.map(({ pk, sk }) => ({ pk, sk }));
    const first = await archiveObjects(tools, keys);
    const again = await archiveObjects(tools, [...keys].reverse());
    expect(first.map((object) => object.key).sort()).toEqual(again.map((object) => object.key).sort());
    expect(first.map((object) => object.key.slice(0, 17)).sort()).toEqual(['audit/2026/09/15/', 'audit/2026/09/16/']);
  });
});
