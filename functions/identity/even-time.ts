/**
 * How long a door waits for whoever carries a code. A slower one still carries what it was handed: only its answer is not
 * waited for. One that was not even reached by then may get it late or never, and the person asks for another.
 */
const carrierMilliseconds = 1_000;
/**
 * That, and a second for finding an account and starting the pool's challenge, a cold start of its trigger included. Shorter
 * than an SMS needs to arrive, so nobody waits for it.
 */
const evenMilliseconds = carrierMilliseconds + 1_000;

/**
 * Hands a code to its carrier. Neither how long that takes nor that the carrier refuses reaches whoever knocked: both would
 * tell that there was somebody to send it to. `unsent` hears of a refusal.
 */
export async function handToCarrier(
  send: () => Promise<void>,
  unsent: (error: unknown) => void,
  milliseconds = carrierMilliseconds,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((done) => {
    timer = setTimeout(done, milliseconds);
  });
  await Promise.race([send().catch(unsent), over]);
  clearTimeout(timer);
}

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
