/**
 * Longer than finding an account, starting the pool's challenge and handing a code to the carrier take, a cold start of the
 * trigger included. Shorter than an SMS needs to arrive, so nobody waits for it.
 */
const evenMilliseconds = 1_500;

/** Answers after the same time whether there is an account behind what was typed or not, refused or not. */
export async function inEvenTime<T>(act: () => Promise<T>, milliseconds = evenMilliseconds): Promise<T> {
  const [outcome] = await Promise.allSettled([act(), waited(milliseconds)]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

/** The same for a door where only a refusal could tell: who comes in waits for nothing. */
export async function refusedInEvenTime<T>(act: () => Promise<T>, milliseconds = evenMilliseconds): Promise<T> {
  const time = waited(milliseconds);
  try {
    return await act();
  } catch (error) {
    await time;
    throw error;
  }
}

async function waited(milliseconds: number): Promise<void> {
  await new Promise((done) => setTimeout(done, milliseconds));
}
