/** Does something with each, so many at once. */
export async function inParallel<T>(
  width: number,
  all: readonly T[],
  act: (one: T) => Promise<unknown>,
): Promise<void> {
  const left = all.values();
  const worker = async () => {
    for (const one of left) await act(one);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
