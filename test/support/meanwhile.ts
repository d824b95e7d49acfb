import type { Tools } from '../../functions/shared/tools.ts';

/** Lets somebody else act in the gap between reading and writing: right before the next write through these tools. */
export function meanwhile(tools: Pick<Tools, 'db'>, act: () => Promise<unknown>): void {
  let isOver = false;
  tools.db.middlewareStack.add(
    (next, context) => async (args) => {
      if (!isOver && /Put|Update|Delete|Write/.test(context.commandName ?? '')) {
        isOver = true;
        await act();
      }
      return await next(args);
    },
    { step: 'initialize' },
  );
}
