import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Tools } from './tools.ts';

/** One line of who did what to whose record, and why it was allowed. Opaque ids and words of ours only. */
export type AuditEvent = {
  /** The patient, team, box or account that it is about. */
  readonly subjectId: string;
  readonly actorId: string;
  readonly actorRole?: string;
  /** What was done, in the product's words: `read record`, `acknowledge alert`. */
  readonly action: string;
  readonly outcome: 'allowed' | 'refused';
  /** Why the decision point said so: `care team`, `own record`, `no relation`. */
  readonly why: string;
  /** The other ids it touched, e.g. the patients of a list. */
  readonly ids?: readonly string[];
  readonly reason?: string;
  /** Organisation ids from the country down: refusals are found by them. */
  readonly path?: readonly string[];
};

/** Access pattern 3: writes one event (one write unit, two for a refusal). Throws when it cannot: then the record must not be shown. */
export async function audit(tools: Pick<Tools, 'db' | 'tableName' | 'now' | 'id'>, event: AuditEvent): Promise<void> {
  const at = tools.now();
  const sk = `${at}#${tools.id('aud')}`;
  const root = event.path?.[0];
  const refused = event.outcome === 'refused' && root !== undefined ? { gsi1pk: `REFUSED#${root}`, gsi1sk: sk } : {};
  await tools.db.send(
    new PutCommand({
      TableName: tools.tableName,
      Item: { pk: `AUDIT#${event.subjectId}#${at.slice(0, 7)}`, sk, kind: 'audit', v: 1, at, ...refused, ...event },
    }),
  );
}
