import type { Tools } from '../shared/tools.ts';
import { type BoxState, countSeq, judgeIn, type Unsettled, withOpened, withUnsettled } from './box-state.ts';
import { clockToleranceMs } from './clock.ts';
import type { Box } from './items.ts';
import { readQuarantined, resolveQuarantined } from './quarantine-store.ts';
import { recordOpening } from './take-in.ts';

/**
 * A heartbeat may tell, minutes after an opening, that the box's clock was wrong. Openings whose time was in doubt are judged
 * again: those that we can place now leave the quarantine. Without it the day would depend on which message came first.
 */
export async function settleUnsettled(tools: Tools, box: Box, state: BoxState): Promise<BoxState> {
  let settled = state;
  const still: Unsettled[] = [];
  for (const one of state.unsettled ?? []) {
    const result = await settleOne(tools, box, settled, one);
    settled = result.state;
    if (result.still) still.push(result.still);
  }
  return still.length === (state.unsettled ?? []).length && settled === state ? state : withUnsettled(settled, still);
}

async function settleOne(
  tools: Tools,
  box: Box,
  state: BoxState,
  one: Unsettled,
): Promise<{ state: BoxState; still?: Unsettled }> {
  const judged = judgeIn(state, one, one.receivedAt);
  if (judged.kind === 'impossible') return { state, still: one };
  if (one.at !== undefined && Math.abs(Date.parse(judged.at) - Date.parse(one.at)) <= clockToleranceMs)
    return judged.clock === 'good' ? { state } : { state, still: one };
  if (one.quarantineId === undefined) return { state, still: one };
  const recorded = await recordOpening(tools, box, one, judged, one.receivedAt);
  if (recorded !== 'recorded') return { state, still: one };
  await release(tools, one.quarantineId);
  const event = { v: 1 as const, kind: 'opening' as const, ...one };
  const counted = withOpened(countSeq(state, { event, receivedAt: one.receivedAt }), judged.at);
  const { quarantineId: _released, ...rest } = one;
  return judged.clock === 'good' ? { state: counted } : { state: counted, still: { ...rest, at: judged.at } };
}

async function release(tools: Tools, quarantineId: string): Promise<void> {
  const entry = await readQuarantined(tools, quarantineId);
  if (entry?.state !== 'open') return;
  await resolveQuarantined(tools, {
    ...entry,
    state: 'replayed',
    resolvedAt: tools.now(),
    resolvedBy: 'the box’s own clock',
  });
}
