/** Entries in the order of an instant; what was cancelled meanwhile is recognised by the taker. */
export type InstantHeap<T> = {
  add(at: number, value: T): void;
  first(): { at: number; value: T } | undefined;
  drop(): void;
  all(): readonly { at: number; value: T }[];
};

export function instantHeap<T>(): InstantHeap<T> {
  const heap: { at: number; value: T }[] = [];
  const swap = (a: number, b: number) => {
    const [x, y] = [heap[a], heap[b]];
    if (x && y) {
      heap[a] = y;
      heap[b] = x;
    }
  };
  const at = (index: number) => heap[index]?.at ?? Number.POSITIVE_INFINITY;
  return {
    add(instant, value) {
      heap.push({ at: instant, value });
      let index = heap.length - 1;
      while (index > 0) {
        const parent = (index - 1) >> 1;
        if (at(parent) <= at(index)) break;
        swap(parent, index);
        index = parent;
      }
    },
    first: () => heap[0],
    all: () => heap,
    drop() {
      const last = heap.pop();
      if (!last || heap.length === 0) return;
      heap[0] = last;
      let index = 0;
      for (;;) {
        const left = 2 * index + 1;
        const child = at(left + 1) < at(left) ? left + 1 : left;
        if (at(child) >= at(index)) return;
        swap(child, index);
        index = child;
      }
    },
  };
}
