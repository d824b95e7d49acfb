import { describe, expect, it } from 'vitest';
import { adminRoutes } from '../../functions/devices/api-admin.ts';
import { careRoutes } from '../../functions/devices/api-care.ts';
import { quarantineRoutes } from '../../functions/devices/api-quarantine.ts';
import { readBoxList } from '../../functions/devices/csv.ts';

const routes = [...careRoutes, ...adminRoutes, ...quarantineRoutes];

describe('the routes of devices', () => {
  it('never keep an answer that holds a private key', () => {
    const secrets = routes.filter((route) => /boxes$|bulk$|certificates$/.test(route.path) && route.method === 'POST');
    expect(secrets).toHaveLength(3);
    for (const route of secrets) expect(route.idempotency).toBeUndefined();
  });
});

describe('a list of boxes', () => {
  it('may come from a spreadsheet', () => {
    const csv = '\uFEFFmodel,serial,uploadIntervalHours\r\n"evriMED, 500",cc-4471,12\r\n\r\nevriMED500,CC-1187,\r\n';
    expect(readBoxList(csv)).toEqual([
      { line: 2, serial: 'CC-4471', input: { serial: 'CC-4471', model: 'evriMED, 500', uploadIntervalHours: 12 } },
      { line: 4, serial: 'CC-1187', input: { serial: 'CC-1187', model: 'evriMED500' } },
    ]);
  });

  it('names the lines that are not right, and registers the others', () => {
    expect(readBoxList('serial,model\n??,x\nCC-1,x\nCC-1000,x\nCC-1000,x')).toMatchObject([
      { line: 2, problem: 'serial is not right.' },
      { line: 3, input: {} },
      { line: 4, input: {} },
      { line: 5, problem: 'This serial stands in the list twice.' },
    ]);
  });

  it.each([
    ['name,model\nCC-4471,x'],
    [`serial,model\n${Array.from({ length: 201 }, (_, n) => `CC-${1000 + n},x`).join('\n')}`],
  ])('is refused as a whole when its head or length is wrong', (csv) => {
    expect(readBoxList(csv)).toHaveProperty('problem');
  });
});
