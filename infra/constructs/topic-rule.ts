import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import { addAlarm, alarmPeriod } from './alarm.ts';
import { grantSend } from './grant.ts';
import type { House } from './house.ts';
import type { AppQueue } from './queue.ts';

export type TopicRuleProps = {
  /** Stands in the firmware of every box (`$aws/rules/<name>/…`), so it is chosen for ever. */
  readonly name: string;
  readonly sql: string;
  readonly description: string;
  readonly to: AppQueue;
  readonly impact: string;
};

/** What boxes publish by Basic Ingest goes to a queue; what the queue refuses goes to its dead letters. */
export class TopicRule extends Construct {
  constructor(scope: Construct, id: string, house: House, props: TopicRuleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('iot.amazonaws.com') });
    grantSend(role, props.to.queue);
    grantSend(role, props.to.dead);
    const send = (queueUrl: string) => ({ sqs: { queueUrl, roleArn: role.roleArn, useBase64: false } });
    const rule = new CfnTopicRule(this, 'Rule', {
      ruleName: props.name,
      topicRulePayload: {
        description: props.description,
        awsIotSqlVersion: '2016-03-23',
        sql: props.sql,
        ruleDisabled: false,
        actions: [send(props.to.queue.queueUrl)],
        errorAction: send(props.to.dead.queueUrl),
      },
    });
    rule.node.addDependency(role);
    addAlarm(this, 'NotFound', house, {
      metric: new Metric({
        namespace: 'AWS/IoT',
        metricName: 'RuleNotFound',
        dimensionsMap: { RuleName: props.name },
        statistic: 'Sum',
        period: alarmPeriod,
      }),
      threshold: 1,
      impact: props.impact,
      runbook: 'iot-rule-not-found',
    });
    addAlarm(this, 'Failed', house, {
      // IoT counts actions by rule and kind of action; an alarm on the rule alone would match nothing.
      metric: new MathExpression({
        expression: `SELECT SUM(ErrorActionFailure) FROM SCHEMA("AWS/IoT", ActionType, RuleName) WHERE RuleName = '${props.name}'`,
        label: 'Reports that even the dead letters refused',
        period: alarmPeriod,
      }),
      threshold: 1,
      impact: props.impact,
      runbook: 'iot-rule-failed',
    });
  }
}
