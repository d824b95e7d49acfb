import type { Entry } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { hasEnded } from './revise-plan.ts';
import { cardKey, readCard } from './store.ts';

/** For the transactions of others: holds while there is no plan yet or one that goes on; treatment that ended stays ended. */
export function whileTreated(tools: Pick<Tools, 'tableName'>, patientId: string): Entry {
  return {
    ConditionCheck: {
      TableName: tools.tableName,
      Key: cardKey(patientId),
      ConditionExpression: 'attribute_not_exists(pk) OR #plan.#status IN (:active, :hold)',
      ExpressionAttributeNames: { '#plan': 'plan', '#status': 'status' },
      ExpressionAttributeValues: { ':active': 'active', ':hold': 'on-hold' },
    },
  };
}

/** The same as a question, to say why such a write was refused. */
export async function isStillTreated(tools: Tools, patientId: string): Promise<boolean> {
  const card = await readCard(tools, patientId);
  return card === undefined || !hasEnded(card.plan);
}
