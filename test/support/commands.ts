import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The names of the commands that a client sends from now on, in their order. */
export function commandsOf(db: DynamoDBDocumentClient): string[] {
  const commands: string[] = [];
  db.middlewareStack.add(
    (next, context) => async (args) => {
      commands.push(String(context.commandName));
      return await next(args);
    },
    { step: 'initialize', name: 'counted' },
  );
  return commands;
}
