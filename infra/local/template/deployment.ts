import { createHash } from 'node:crypto';
import { at, type Json, type JsonRecord, recordAt, textAt } from '../json.ts';
import type { StackTemplate } from './assembly.ts';
import { conditionHolds, type References, resolveValue } from './resolver.ts';
import { ONLY_ON_AWS, type Place, RUNNING_TYPES } from './resource-types.ts';
import { secretText } from './secret.ts';

/** One resource of the template as CloudFormation would have made it. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Its physical name. */
  readonly name: string;
  readonly arn: string;
  /** What `Ref` gives. */
  readonly ref: string;
  /** Its properties with every reference resolved; read late, since some need what is started first. */
  properties(): JsonRecord;
  /** `aws:cdk:path`, for messages to people. */
  readonly path: string;
  readonly assets: ReadonlyMap<string, string>;
}

export interface Deployment {
  readonly resources: readonly Resource[];
  ofType(...types: string[]): Resource[];
  /** The resource whose ARN, `Ref` or name this is (an alias or version of a function counts as the function). */
  find(reference: string | undefined, ...types: string[]): Resource | undefined;
  /** Output of any stack by its key. */
  output(key: string): string | undefined;
}

export interface DeploymentOptions extends Place {
  /** Attributes known only once something runs, such as a user pool client's secret. */
  lateAttribute?(resource: Resource, name: string): string | undefined;
}

/** The deployment that these templates describe. Throws on a resource type that nothing here runs, with its name. */
export function readDeployment(stacks: readonly StackTemplate[], options: DeploymentOptions): Deployment {
  refuseUnknownTypes(stacks);
  return new TemplateDeployment(stacks, options);
}

function refuseUnknownTypes(stacks: readonly StackTemplate[]): void {
  const unknown = stacks.flatMap((stack) =>
    Object.entries(recordAt(stack.template, 'Resources'))
      .map(([id, resource]) => ({ id, type: textAt(resource, 'Type') ?? 'no type' }))
      .filter(({ type }) => !(type in RUNNING_TYPES) && !(type in ONLY_ON_AWS))
      .map(({ id, type }) => `  ${type} (${stack.name}/${id})`),
  );
  if (unknown.length === 0) return;
  throw new Error(
    `The template has resources that the local cloud does not run:\n${unknown.join('\n')}\n` +
      'Teach infra/local to run them, or say in template/resource-types.ts why only AWS can show them.',
  );
}

class TemplateDeployment implements Deployment {
  readonly resources: readonly Resource[];
  readonly #stacks: readonly StackTemplate[];
  readonly #options: DeploymentOptions;
  readonly #byStack = new Map<StackTemplate, Map<string, Resource>>();

  constructor(stacks: readonly StackTemplate[], options: DeploymentOptions) {
    this.#stacks = stacks;
    this.#options = options;
    for (const stack of stacks) this.#byStack.set(stack, this.#readStack(stack));
    this.resources = [...this.#byStack.values()].flatMap((resources) => [...resources.values()]);
  }

  ofType(...types: string[]): Resource[] {
    return this.resources.filter((resource) => types.includes(resource.type));
  }

  find(reference: string | undefined, ...types: string[]): Resource | undefined {
    if (reference === undefined) return undefined;
    const wanted = reference.startsWith('arn:aws:lambda:') ? reference.split(':').slice(0, 7).join(':') : reference;
    const candidates = types.length > 0 ? this.ofType(...types) : this.resources;
    return candidates.find(({ arn, ref, name }) => arn === wanted || ref === wanted || name === wanted);
  }

  output(key: string): string | undefined {
    for (const stack of this.#stacks) {
      const value = at(stack.template, 'Outputs', key, 'Value');
      if (value !== undefined) return String(resolveValue(value, stack, this.#references()));
    }
    return undefined;
  }

  #readStack(stack: StackTemplate): Map<string, Resource> {
    const resources = new Map<string, Resource>();
    for (const [logicalId, definition] of Object.entries(recordAt(stack.template, 'Resources'))) {
      const condition = textAt(definition, 'Condition');
      if (condition !== undefined && !conditionHolds(condition, stack, this.#references())) continue;
      resources.set(logicalId, this.#resource(stack, logicalId, definition));
    }
    return resources;
  }

  #resource(stack: StackTemplate, logicalId: string, definition: Json): Resource {
    const deployment = this;
    const memo: { properties?: JsonRecord; name?: string } = {};
    const type = textAt(definition, 'Type') ?? '';
    return {
      stack: stack.name,
      logicalId,
      type,
      path: textAt(definition, 'Metadata', 'aws:cdk:path') ?? `${stack.name}/${logicalId}`,
      assets: stack.assets,
      properties() {
        memo.properties ??= recordAt(resolveValue(recordAt(definition, 'Properties'), stack, deployment.#references()));
        return memo.properties;
      },
      get name() {
        memo.name ??= deployment.#physicalName(stack, logicalId, type, recordAt(definition, 'Properties'));
        return memo.name;
      },
      get arn() {
        return deployment.#arn(stack, this);
      },
      get ref() {
        return deployment.#refOf(stack, this);
      },
    };
  }

  #physicalName(stack: StackTemplate, logicalId: string, type: string, properties: JsonRecord): string {
    const kind = RUNNING_TYPES[type];
    const given = kind?.nameProperty === undefined ? undefined : properties[kind.nameProperty];
    if (given !== undefined) {
      const name = resolveValue(given, stack, this.#references());
      if (typeof name === 'string') return name;
    }
    if (kind?.generated !== undefined) return kind.generated(stack.name, logicalId, this.#place(stack));
    const suffix = createHash('sha256').update(`${stack.name}/${logicalId}`).digest('hex').slice(0, 8).toUpperCase();
    const separator = type.startsWith('AWS::IoT::') ? '_' : '-';
    return `${stack.name}-${logicalId}`.slice(0, 50).replaceAll('-', separator) + separator + suffix;
  }

  #arn(stack: StackTemplate, resource: Resource): string {
    if (resource.type === 'AWS::Lambda::Alias' || resource.type === 'AWS::Lambda::Version') {
      const { FunctionName, Name } = resource.properties();
      const target = this.find(textAt(FunctionName), 'AWS::Lambda::Function');
      return `${target?.arn ?? String(FunctionName)}:${textAt(Name) ?? '1'}`;
    }
    const kind = RUNNING_TYPES[resource.type];
    if (kind?.arn !== undefined) return kind.arn(resource.name, this.#place(stack));
    const { region, accountId } = this.#place(stack);
    const service = resource.type.split('::')[1]?.toLowerCase() ?? 'unknown';
    return `arn:aws:${service}:${region}:${accountId}:${resource.name}`;
  }

  #refOf(stack: StackTemplate, resource: Resource): string {
    const kind = RUNNING_TYPES[resource.type];
    if (kind?.ref === 'arn') return resource.arn;
    if (kind?.ref === 'address')
      return kind.attributes?.QueueUrl?.(resource.name, this.#place(stack), () => ({})) ?? resource.name;
    return resource.name;
  }

  #attribute(stack: StackTemplate, logicalId: string, name: string): string | undefined {
    const resource = this.#byStack.get(stack)?.get(logicalId);
    if (resource === undefined) return undefined;
    const late = this.#options.lateAttribute?.(resource, name);
    if (late !== undefined) return late;
    const attribute = RUNNING_TYPES[resource.type]?.attributes?.[name];
    if (attribute !== undefined) return attribute(resource.name, this.#place(stack), () => resource.properties());
    if (name.endsWith('Arn')) return resource.arn;
    return resource.type in ONLY_ON_AWS ? `${resource.name}.${name}` : undefined;
  }

  #references(): References {
    return {
      region: this.#options.region,
      accountId: this.#options.accountId,
      ref: (stack, logicalId) => this.#byStack.get(stack)?.get(logicalId)?.ref,
      attribute: (stack, logicalId, name) => this.#attribute(stack, logicalId, name),
      exported: (name) => this.#exported(name),
      dynamic: (reference) => this.#dynamic(reference),
    };
  }

  #exported(name: string): Json | undefined {
    for (const stack of this.#stacks) {
      for (const output of Object.values(recordAt(stack.template, 'Outputs'))) {
        const exported = at(output, 'Export', 'Name');
        if (exported === undefined || resolveValue(exported, stack, this.#references()) !== name) continue;
        return resolveValue(at(output, 'Value') ?? null, stack, this.#references());
      }
    }
    return undefined;
  }

  /** `secretsmanager:<arn or name>:SecretString:<json key>::` and `ssm:<name>`. */
  #dynamic(reference: string): string | undefined {
    const service = reference.slice(0, reference.indexOf(':'));
    const rest = reference.slice(service.length + 1);
    if (service === 'ssm' || service === 'ssm-secure') {
      return textAt(this.find(rest.split(':')[0], 'AWS::SSM::Parameter')?.properties(), 'Value');
    }
    const [name, key] = rest.split(':SecretString');
    const secret = this.find(name, 'AWS::SecretsManager::Secret');
    if (secret === undefined) return undefined;
    const text = secretText(secret);
    const jsonKey = key?.split(':')[1];
    return jsonKey ? textAt(recordAt(JSON.parse(text)), jsonKey) : text;
  }

  #place(stack: StackTemplate): Place {
    return { ...this.#options, region: stack.region ?? this.#options.region };
  }
}
