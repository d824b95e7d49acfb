import { metric } from '../shared/metrics.ts';
import { secondsBetween } from '../shared/time.ts';
import type { QueueMessage, Tools } from '../shared/tools.ts';
import { delaySeconds, handedThrough, hoursOf, shardCount, shouldHandOver, stretch, type Watermark } from './due.ts';
import { moveWatermark, readBucket, readWatermark } from './store.ts';

/**
 * One tick: reads each shard once over the stretch since the watermark (with its overlap), hands what is due until the
 * end of the next minute to the queue with its delay, then moves the watermark. It moves only after everything was
 * accepted, so a tick that dies half-way is repeated, and all work is idempotent.
 */
export async function handOver(tools: Tools): Promise<{ handed: number; gapSeconds: number }> {
  const now = tools.now();
  const watermark = await readWatermark(tools);
  const { from, to } = stretch(watermark, now);
  const shards = Array.from({ length: shardCount }, (_, shard) => shard);
  const counts = await Promise.all(shards.map((shard) => handOverShard(tools, shard, from, to, watermark)));
  const handed = counts.reduce((sum, count) => sum + count, 0);
  if (!watermark || handedThrough(now) > watermark.through) {
    await moveWatermark(tools, watermark, { through: to, tickedAt: now });
  }
  const gapSeconds = watermark ? Math.max(0, secondsBetween(`${watermark.through}:00.000Z`, now)) : 0;
  tools.metric(metric.tickLatenessSeconds, gapSeconds, 'Seconds');
  return { handed, gapSeconds };
}

async function handOverShard(
  tools: Tools,
  shard: number,
  from: string,
  to: string,
  watermark: Watermark | undefined,
): Promise<number> {
  let handed = 0;
  for (const { hour, first, last } of hoursOf(from, to)) {
    const items = await readBucket(tools, hour, shard, first, last);
    const messages: QueueMessage[] = items
      .filter((item) => shouldHandOver(item, watermark))
      .map(({ at, ref, work }) => ({ body: { at, ref, work }, delaySeconds: delaySeconds(at, tools.now()) }));
    await tools.send('due', messages);
    handed += messages.length;
  }
  return handed;
}
