import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export type Asked<Question, Answer> = {
  readonly question: Question;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
};

/**
 * What is asked of the table in the same moment travels together: whoever asks for several things at once, and the messages of
 * one batch, which are carried out side by side, cost a request a step and not a request an item.
 */
export function gather<Question, Answer>(
  askAll: (db: DynamoDBDocumentClient, all: readonly Asked<Question, Answer>[]) => void,
): (db: DynamoDBDocumentClient, question: Question) => Promise<Answer> {
  const waiting = new WeakMap<DynamoDBDocumentClient, Asked<Question, Answer>[]>();
  return (db, question) =>
    new Promise((answer, fail) => {
      const asked = waiting.get(db) ?? [];
      asked.push({ question, answer, fail });
      if (asked.length > 1) return;
      waiting.set(db, asked);
      setImmediate(() => {
        waiting.delete(db);
        askAll(db, asked);
      });
    });
}

export function grouped<T>(all: readonly T[], by: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(by(one));
    if (group) group.push(one);
    else groups.set(by(one), [one]);
  }
  return [...groups.values()];
}
