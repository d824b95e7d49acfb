import type { Tools } from '../../functions/shared/tools.ts';

/**
 * Lets somebody else act in the gap between reading and writing: right before the next write through these tools, or the next
 * one of an item whose sort key begins so.
 */
export function meanwhile(tools: Pick<Tools, 'db'>, act: () => Promise<unknown>, writing = ''): void {
  let isOver = false;
  tools.db.middlewareStack.add(
    (next, context) => async (args) => {
      const isWrite = /Put|Update|Delete|Write/.test(context.commandName ?? '');
      if (!isOver && isWrite && JSON.stringify(args.input).includes(`"sk":"${writing}`)) {
        isOver = true;
        await act();
      }
      return await next(args);
    },
    { step: 'initialize' },
  );
}
