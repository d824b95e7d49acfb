import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { conditionally, putItem, queryAll, queryPage } from '../shared/table.ts';
import { Ticket } from './items.ts';
import { boxKey, type Table } from './store.ts';

/** An open ticket has a fixed key, so that a box has one at most, and stands in its team's work. */
function openItem(ticket: Ticket) {
  return {
    ...boxKey(ticket.boxId, 'TICKET#open'),
    kind: 'ticket',
    v: 1,
    ...(ticket.teamId !== undefined && {
      gsi1pk: `TEAM#${ticket.teamId}#WORK`,
      gsi1sk: `box#${ticket.openedAt}#${ticket.boxId}`,
    }),
    ...ticket,
  };
}

/** Access pattern 77: opens the box's one ticket. */
export async function putTicket(table: Table, ticket: Ticket): Promise<'stored' | 'conflict'> {
  return await putItem(table, openItem(ticket), { expression: 'attribute_not_exists(pk)' });
}

/** Access pattern 78: another reason joins or leaves the open ticket. */
export async function changeTicket(table: Table, ticket: Ticket): Promise<'stored' | 'conflict'> {
  return await putItem(table, openItem(ticket), {
    expression: 'ticketId = :ticketId',
    values: { ':ticketId': ticket.ticketId },
  });
}

/** Access pattern 79: the open ticket becomes a closed one, in one transaction. */
export async function archiveTicket(table: Table, ticket: Ticket): Promise<'stored' | 'conflict'> {
  const closed = { ...boxKey(ticket.boxId, `TICKET#${ticket.ticketId}`), kind: 'ticket', v: 1, ...ticket };
  return await conditionally(
    table.db.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Delete: {
              TableName: table.tableName,
              Key: boxKey(ticket.boxId, 'TICKET#open'),
              ConditionExpression: 'ticketId = :ticketId',
              ExpressionAttributeValues: { ':ticketId': ticket.ticketId },
            },
          },
          { Put: { TableName: table.tableName, Item: closed } },
        ],
      }),
    ),
  );
}

/** Access pattern 80: a team's open tickets, oldest first, a page. */
export async function ticketPage(table: Table, teamId: string, limit: number, cursor?: string) {
  return await queryPage(
    table,
    {
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :pk AND begins_with(gsi1sk, :section)',
      ExpressionAttributeValues: { ':pk': `TEAM#${teamId}#WORK`, ':section': 'box#' },
      Limit: limit,
    },
    Ticket,
    cursor,
  );
}

/** Access pattern 81: every ticket of a box. */
export async function readTickets(table: Table, boxId: string): Promise<Ticket[]> {
  return await queryAll(
    table,
    {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': `BOX#${boxId}`, ':prefix': 'TICKET#' },
    },
    Ticket,
  );
}
