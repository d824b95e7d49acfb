import { authorise } from '../aws/authorise.ts';
import type { SqsPoller } from '../aws/index.ts';
import type { Invocation } from '../compute/environment.ts';
import { type Json, listAt, recordAt, textAt } from '../json.ts';
import { Activity } from '../messages/activity.ts';
import type { Deployment, Resource } from '../template/deployment.ts';
import { roleStatements } from '../template/statements.ts';
import { matchesTopic, type RuleMessage, type RuleQuery, readRuleSql } from './rule-sql.ts';

export interface TopicRulesOptions {
  readonly deployment: Deployment;
  readonly sqs: SqsPoller;
  invoke(functionName: string, event: unknown): Promise<Invocation>;
  now(): number;
}

type Action = (output: Json) => Promise<void>;
interface Rule {
  readonly name: string;
  readonly query: RuleQuery;
  readonly actions: readonly Action[];
  readonly onError: Action | undefined;
}

const BASIC_INGEST = '$aws/rules/';

/** The topic rules of the template: what a message on a topic, or straight at a rule, sets going. */
export class TopicRules {
  readonly #options: TopicRulesOptions;
  readonly #rules: Rule[];
  readonly #activity = new Activity();

  constructor(options: TopicRulesOptions) {
    this.#options = options;
    this.#rules = options.deployment
      .ofType('AWS::IoT::TopicRule')
      .filter((rule) => textAt(rule.properties(), 'TopicRulePayload', 'RuleDisabled') !== 'true')
      .map((rule) => this.#readRule(rule));
  }

  busy(): boolean {
    return this.#activity.busy();
  }

  /** Hands a message to the rules that want it; resolved once their actions have taken it. */
  publish(topic: string, payload: Buffer, clientId: string): Promise<void> {
    const [named, inner] = basicIngest(topic);
    const rules = this.#rules.filter((rule) =>
      named === undefined ? matchesTopic(rule.query.filter, topic) : rule.name === named,
    );
    const message = { topic: inner, payload, clientId, receivedAt: this.#options.now() };
    return this.#activity.during(async () => {
      await Promise.all(rules.map((rule) => run(rule, message)));
    });
  }

  #readRule(resource: Resource): Rule {
    const payload = recordAt(resource.properties(), 'TopicRulePayload');
    const error = recordAt(payload, 'ErrorAction');
    return {
      name: resource.name,
      query: readRuleSql(textAt(payload, 'Sql') ?? ''),
      actions: listAt(payload, 'Actions').map((action) => this.#readAction(action, resource)),
      onError: Object.keys(error).length === 0 ? undefined : this.#readAction(error, resource),
    };
  }

  #readAction(action: Json, rule: Resource): Action {
    const { deployment, sqs, invoke } = this.#options;
    const queue = deployment.find(textAt(action, 'Sqs', 'QueueUrl'), 'AWS::SQS::Queue');
    if (queue !== undefined) {
      mayDo(deployment, rule, textAt(action, 'Sqs', 'RoleArn'), 'sqs:SendMessage', queue.arn);
      const base64 = textAt(action, 'Sqs', 'UseBase64') === 'true';
      return (output) => {
        const body = JSON.stringify(output);
        return sqs.send(queue.arn, base64 ? Buffer.from(body).toString('base64') : body);
      };
    }
    const target = deployment.find(textAt(action, 'Lambda', 'FunctionArn'), 'AWS::Lambda::Function');
    if (target !== undefined) return async (output) => void (await invoke(target.name, output));
    throw new Error(
      `${rule.path}: an IoT rule action that the local cloud does not run: ${Object.keys(recordAt(action)).join()}`,
    );
  }
}

async function run(rule: Rule, message: RuleMessage): Promise<void> {
  try {
    const output = rule.query.select(message);
    for (const action of rule.actions) await action(output);
  } catch (error) {
    await rule.onError?.({
      ruleName: rule.name,
      topic: message.topic,
      clientId: message.clientId,
      base64OriginalPayload: message.payload.toString('base64'),
      failures: [{ errorMessage: error instanceof Error ? error.message : String(error) }],
    });
  }
}

/** A rule that its role does not let act would fail message by message on AWS; here it stops the start. */
function mayDo(
  deployment: Deployment,
  rule: Resource,
  roleArn: string | undefined,
  action: string,
  resource: string,
): void {
  if (authorise(roleStatements(deployment, roleArn), action, resource) === 'allowed') return;
  throw new Error(`${rule.path}: the rule's role does not allow ${action} on ${resource}`);
}

/** `$aws/rules/<rule>/<topic>` → the rule and the topic it sees. */
function basicIngest(topic: string): [string | undefined, string] {
  if (!topic.startsWith(BASIC_INGEST)) return [undefined, topic];
  const [name = '', ...levels] = topic.slice(BASIC_INGEST.length).split('/');
  return [name, levels.join('/')];
}
