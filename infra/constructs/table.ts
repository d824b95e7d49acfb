import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The one table with its one sparse index, its one stream, and its copies in time. */
export class CareTable extends Construct {
  readonly table: Table;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAtEpochSeconds',
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: 'gsi1',
      partitionKey: text('gsi1pk'),
      sortKey: text('gsi1sk'),
      projectionType: ProjectionType.ALL,
    });
    this.key = key;
  }

  /** Point-in-time recovery reaches 35 days back and dies with the table; these copies do neither. After a restore: of the restored one. */
  keepCopiesOf({ tableArn }: TableInUse): void {
    const vault = new BackupVault(this, 'Vault', { encryptionKey: this.key, removalPolicy: RemovalPolicy.RETAIN });
    const plan = new BackupPlan(this, 'Plan', { backupVault: vault });
    plan.addRule(rule('daily', { minute: '30', hour: '20' }, 35));
    plan.addRule(rule('monthly', { minute: '0', hour: '22', day: '1' }, 365));
    plan.addSelection('Table', { resources: [BackupResource.fromArn(tableArn)] });
  }
}

function rule(ruleName: string, at: Parameters<typeof Schedule.cron>[0], days: number): BackupPlanRule {
  return new BackupPlanRule({ ruleName, scheduleExpression: Schedule.cron(at), deleteAfter: Duration.days(days) });
}

/** The table as a grant needs it, whether the template made it or a restore did. */
export type TableInUse = {
  readonly tableName: string;
  readonly tableArn: string;
  readonly tableStreamArn?: string | undefined;
  readonly encryptionKey?: IKey | undefined;
};

/** After a restore another table takes over (docs/deploy.md); everything else stays as it is. */
export function tableInUse(
  scope: Construct,
  made: Table,
  restored: { name: string; streamArn: string } | undefined,
): TableInUse {
  if (restored === undefined) return made;
  return Table.fromTableAttributes(scope, 'RestoredTable', {
    tableName: restored.name,
    tableStreamArn: restored.streamArn,
    globalIndexes: ['gsi1'],
    ...(made.encryptionKey && { encryptionKey: made.encryptionKey }),
  });
}
