import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { type Due, dueKey } from '../../functions/reminders/due.ts';
import { handOver } from '../../functions/reminders/hand-over.ts';
import { planDue } from '../../functions/reminders/plan-due.ts';
import { aTools, type TestTools } from '../support/tools.ts';

const now = '2026-11-30T04:10:00.000Z';

function aCheck(at: string, patientId = 'pat_1'): Due {
  return { at, ref: patientId, work: { step: 'check', patientId } };
}

function handed(tools: TestTools): { at: string; delay: number | undefined }[] {
  return tools.sent
    .filter((one) => one.queue === 'due')
    .map(({ message }) => ({
      at: (message.body as Due).at,
      delay: message.delaySeconds,
    }));
}

describe('the tick', () => {
  it('hands work of the next minute to the queue so that it happens on its second', async () => {
    const tools = await aTools({ now });
    await planDue(tools, aCheck('2026-11-30T04:14:20.000Z'));
    await handOver(tools);
    expect(handed(tools)).toEqual([]);
    tools.setNow('2026-11-30T04:13:00.500Z');
    await handOver(tools);
    expect(handed(tools)).toEqual([{ at: '2026-11-30T04:14:20.000Z', delay: 80 }]);
    tools.setNow('2026-11-30T04:14:00.500Z');
    await handOver(tools);
    expect(handed(tools)).toHaveLength(1);
  });

  it('never writes a minute that a tick may have read: such work goes straight to the queue', async () => {
    const tools = await aTools({ now });
    tools.units();
    expect(await planDue(tools, aCheck('2026-11-30T04:11:59.000Z'))).toBe('queued');
    expect(tools.units().writes).toBe(0);
    expect(await planDue(tools, aCheck('2026-11-30T04:12:00.000Z'))).toBe('waiting');
    expect(tools.units().writes).toBe(1);
    expect(handed(tools)).toEqual([{ at: '2026-11-30T04:11:59.000Z', delay: 119 }]);
  });

  it('hands over what only another release can read, so that it holds nothing up and is parked if nobody can', async () => {
    const tools = await aTools({ now });
    await handOver(tools);
    const due = aCheck('2026-11-30T04:15:00.000Z');
    await planDue(tools, due);
    const { pk } = dueKey(due);
    const strange = { pk, sk: '15#pat_1#sing', kind: 'due', v: 2, at: due.at, ref: 'pat_1', writtenAt: now };
    const Item = { ...strange, work: { step: 'sing' } };
    await tools.db.send(new PutCommand({ TableName: tools.tableName, Item }));
    tools.setNow('2026-11-30T04:14:00.500Z');
    expect((await handOver(tools)).handed).toBe(2);
    expect(handed(tools)).toEqual(Array(2).fill({ at: due.at, delay: 60 }));
  });

  it('catches up three hours of skipped ticks, each piece of work once', async () => {
    const tools = await aTools({ now });
    await handOver(tools);
    for (let i = 0; i < 40; i++) {
      await planDue(tools, aCheck(`2026-11-30T05:${String(i).padStart(2, '0')}:00.000Z`, `pat_${i}`));
    }
    tools.setNow('2026-11-30T07:10:00.500Z');
    const outcome = await handOver(tools);
    expect(outcome.handed).toBe(40);
    expect(outcome.gapSeconds).toBeGreaterThan(10_000);
    expect(handed(tools).every((one) => one.delay === 0)).toBe(true);
    tools.setNow('2026-11-30T07:11:00.500Z');
    expect((await handOver(tools)).handed).toBe(0);
  });

  it('repeats a tick that died before the queue took everything', async () => {
    const tools = await aTools({ now });
    await handOver(tools);
    await planDue(tools, aCheck('2026-11-30T04:13:00.000Z'));
    tools.setNow('2026-11-30T04:12:00.500Z');
    const broken = { ...tools, send: () => Promise.reject(new Error('the queue is away')) };
    await expect(handOver(broken)).rejects.toThrow('the queue is away');
    await handOver(tools);
    expect(handed(tools)).toHaveLength(1);
  });

  it('costs one write a minute when nothing is due', async () => {
    const tools = await aTools({ now });
    await handOver(tools);
    tools.units();
    tools.setNow('2026-11-30T04:11:00.500Z');
    await handOver(tools);
    expect(tools.units().writes).toBe(1);
  });
});
