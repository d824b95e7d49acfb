import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { named } from '../constructs/house.ts';
import type { Settings } from '../settings.ts';

/** AWS's own rule groups; a rule that would refuse what our app sends only counts. */
const ruleGroups: readonly { name: string; countOnly?: readonly string[] }[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  // Notes and offline queues exceed 8 KB; the API checks sizes itself.
  { name: 'AWSManagedRulesCommonRuleSet', countOnly: ['SizeRestrictions_BODY'] },
];

/** The firewall of the distribution. It can stand only in us-east-1, so its ARN travels as a setting (docs/deploy.md). */
export class EdgeWaf extends Stack {
  constructor(scope: Construct, id: string, settings: Settings, props: StackProps) {
    super(scope, id, { ...props, description: 'CareConnect: firewall at the edge (us-east-1)' });
    const name = named(settings, 'edge');
    const acl = new CfnWebACL(this, 'Acl', {
      name,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visible(name),
      rules: [
        ...ruleGroups.map(managed),
        // Not what every open app asks by itself: a carrier's patients share addresses, and open it at the same minute.
        rateLimit(ruleGroups.length, 'SignIn', 100, { below: '/api/auth/', except: '/api/auth/refresh' }),
        rateLimit(ruleGroups.length + 1, 'Everything', 3000),
      ],
    });
    this.log(acl, name);
    new CfnOutput(this, 'WebAclArn', { value: acl.attrArn });
  }

  /** What was refused, without credentials. The name must begin with aws-waf-logs-. */
  private log(acl: CfnWebACL, name: string): void {
    const key = new Key(this, 'LogKey', {
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LogGroupsOfThisAccount',
        principals: [new ServicePrincipal(`logs.${this.region}.amazonaws.com`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:DescribeKey',
        ],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:${this.partition}:logs:${this.region}:${this.account}:log-group:aws-waf-logs-*`,
          },
        },
      }),
    );
    const group = new LogGroup(this, 'Log', {
      logGroupName: `aws-waf-logs-${name}`,
      encryptionKey: key,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [group.logGroupArn],
      redactedFields: ['authorization', 'cookie', 'sec-websocket-protocol'].map((header) => ({
        singleHeader: { Name: header },
      })),
    });
  }
}

function visible(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}

function managed(group: { name: string; countOnly?: readonly string[] }, priority: number): CfnWebACL.RuleProperty {
  return {
    name: group.name,
    priority,
    overrideAction: { none: {} },
    visibilityConfig: visible(group.name),
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: group.name,
        ...(group.countOnly && {
          ruleActionOverrides: group.countOnly.map((name) => ({ name, actionToUse: { count: {} } })),
        }),
      },
    },
  };
}

/** Requests per address in five minutes. A clinic shares one address, so these are wide; sessions have their own limits. */
function rateLimit(
  priority: number,
  name: string,
  limit: number,
  of?: { below: string; except: string },
): CfnWebACL.RuleProperty {
  return {
    name: `Rate${name}`,
    priority,
    action: { block: { customResponse: { responseCode: 429 } } },
    visibilityConfig: visible(`Rate${name}`),
    statement: {
      rateBasedStatement: {
        limit,
        aggregateKeyType: 'IP',
        ...(of && {
          scopeDownStatement: {
            andStatement: {
              statements: [path('STARTS_WITH', of.below), { notStatement: { statement: path('EXACTLY', of.except) } }],
            },
          },
        }),
      },
    },
  };
}

function path(positionalConstraint: 'STARTS_WITH' | 'EXACTLY', searchString: string): CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint,
      searchString,
      textTransformations: [{ priority: 0, type: 'LOWERCASE' }],
    },
  };
}
