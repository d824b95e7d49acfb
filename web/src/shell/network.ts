import { createStore } from './store.ts';

export interface Network {
  answering: boolean;
  /** When the server last answered, and how the next try stands; for the offline strip and the error state. */
  lastAnswerAt: number;
  triesSince: number;
  nextTryAt: number | undefined;
}

export const network = createStore<Network>({
  answering: true,
  lastAnswerAt: Date.now(),
  triesSince: 0,
  nextTryAt: undefined,
});

const firstDelay = 2_000;
const longestDelay = 60_000;
let timer: ReturnType<typeof setTimeout> | undefined;
const onBack = new Set<() => void>();

/** Runs when the server answers again after silence: catch up, send what is kept. */
export function whenBack(run: () => void): () => void {
  onBack.add(run);
  return () => onBack.delete(run);
}

/** Called for every answer, whatever it says. */
export function answered(): void {
  const before = network.get();
  clearTimeout(timer);
  timer = undefined;
  network.set({ answering: true, lastAnswerAt: Date.now(), triesSince: 0, nextTryAt: undefined });
  if (!before.answering) for (const run of onBack) run();
}

/** Called when nothing answered: from now on we knock by ourselves, ever more rarely and never all phones at once. */
export function unanswered(): void {
  const { lastAnswerAt, triesSince } = network.get();
  if (timer) return;
  const ceiling = Math.min(longestDelay, firstDelay * 2 ** triesSince);
  const delay = Math.max(1_000, Math.random() * ceiling);
  network.set({ answering: false, lastAnswerAt, triesSince: triesSince + 1, nextTryAt: Date.now() + delay });
  timer = setTimeout(knock, delay);
}

export async function knock(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  try {
    const response = await fetch('/api/health', { cache: 'no-store' });
    if (response.ok) answered();
    else unanswered();
  } catch {
    unanswered();
  }
}

export function watchNetwork(): void {
  addEventListener('online', () => void knock());
  addEventListener('offline', () => unanswered());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && !network.get().answering) void knock();
  });
}
