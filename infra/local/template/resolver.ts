import { flagAt, isList, isRecord, type Json, type JsonRecord, listAt, recordAt, textAt } from '../json.ts';
import type { StackTemplate } from './assembly.ts';

/** What the resolver must ask of the rest of the deployment. */
export interface References {
  /** What `Ref` gives for a resource of the stack. */
  ref(stack: StackTemplate, logicalId: string): Json | undefined;
  /** What `Fn::GetAtt` gives. */
  attribute(stack: StackTemplate, logicalId: string, name: string): Json | undefined;
  /** The value behind an export name, from whichever stack exports it. */
  exported(name: string): Json | undefined;
  /** `{{resolve:ssm:…}}` and `{{resolve:secretsmanager:…}}`. */
  dynamic(reference: string): string | undefined;
  readonly region: string;
  readonly accountId: string;
}

const ABSENT = Symbol('AWS::NoValue');
type Resolved = Json | typeof ABSENT;

/** Resolves CloudFormation's functions in `value` as they stand in `stack`. Throws on anything it cannot resolve. */
export function resolveValue(value: Json, stack: StackTemplate, references: References): Json {
  const resolved = new Resolver(stack, references).value(value);
  return resolved === ABSENT ? null : resolved;
}

/** Whether a resource or output with this `Condition` exists. */
export function conditionHolds(name: string, stack: StackTemplate, references: References): boolean {
  return new Resolver(stack, references).condition(name);
}

class Resolver {
  readonly #stack: StackTemplate;
  readonly #references: References;

  constructor(stack: StackTemplate, references: References) {
    this.#stack = stack;
    this.#references = references;
  }

  value(value: Json): Resolved {
    if (typeof value === 'string') return this.#dynamic(value);
    if (isList(value)) return value.map((item) => this.value(item)).filter((item) => item !== ABSENT);
    if (!isRecord(value)) return value;
    const [name, ...others] = Object.keys(value);
    const argument = name === undefined ? undefined : value[name];
    if (name !== undefined && argument !== undefined && others.length === 0) {
      if (name === 'Ref' || name.startsWith('Fn::')) {
        const result = this.#call(name, argument);
        return typeof result === 'string' ? this.#dynamic(result) : result;
      }
      if (name === 'Condition' && typeof argument === 'string' && this.#isCondition(argument))
        return this.condition(argument);
    }
    return this.#record(value);
  }

  condition(name: string): boolean {
    return this.#truth(recordAt(this.#stack.template, 'Conditions')[name] ?? this.#unresolved(`condition ${name}`));
  }

  #record(value: JsonRecord): Json {
    const out: Record<string, Json> = {};
    for (const [key, item] of Object.entries(value)) {
      const resolved = this.value(item);
      if (resolved !== ABSENT) out[key] = resolved;
    }
    return out;
  }

  #call(name: string, argument: Json): Resolved {
    const list = () => listAt(argument).map((item) => this.#present(item));
    switch (name) {
      case 'Ref':
        return this.#ref(this.#text(argument));
      case 'Fn::GetAtt':
        return this.#getAtt(typeof argument === 'string' ? argument.split('.') : list().map(String));
      case 'Fn::Sub':
        return this.#sub(argument);
      case 'Fn::Join': {
        const [separator, parts] = list();
        return listAt(parts).map(String).join(String(separator));
      }
      case 'Fn::Select': {
        const [index, from] = list();
        return listAt(from)[Number(index)] ?? this.#unresolved(`Fn::Select ${JSON.stringify(argument)}`);
      }
      case 'Fn::Split': {
        const [separator, text] = list();
        return String(text).split(String(separator));
      }
      case 'Fn::If': {
        const [condition, yes, no] = listAt(argument);
        return this.value((this.condition(this.#text(condition)) ? yes : no) ?? null);
      }
      case 'Fn::FindInMap': {
        const [map, first, second] = list().map(String);
        const found = recordAt(this.#stack.template, 'Mappings', map ?? '', first ?? '')[second ?? ''];
        return found ?? this.#unresolved(`Fn::FindInMap ${JSON.stringify(argument)}`);
      }
      case 'Fn::ImportValue':
        return (
          this.#references.exported(this.#text(argument)) ?? this.#unresolved(`export ${JSON.stringify(argument)}`)
        );
      case 'Fn::Base64':
        return Buffer.from(this.#text(argument)).toString('base64');
      case 'Fn::ToJsonString':
        return JSON.stringify(this.#present(argument));
      case 'Fn::Length':
        return listAt(this.#present(argument)).length;
      case 'Fn::GetAZs':
        return ['a', 'b', 'c'].map((zone) => `${this.#region()}${zone}`);
      case 'Fn::And':
        return listAt(argument).every((item) => this.#truth(item));
      case 'Fn::Or':
        return listAt(argument).some((item) => this.#truth(item));
      case 'Fn::Not':
        return !listAt(argument).some((item) => this.#truth(item));
      case 'Fn::Equals': {
        const [left, right] = list();
        return JSON.stringify(left) === JSON.stringify(right);
      }
      default:
        return this.#unresolved(`function ${name}`);
    }
  }

  #ref(logicalId: string): Resolved {
    switch (logicalId) {
      case 'AWS::NoValue':
        return ABSENT;
      case 'AWS::Region':
        return this.#region();
      case 'AWS::AccountId':
        return this.#references.accountId;
      case 'AWS::Partition':
        return 'aws';
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      case 'AWS::StackName':
        return this.#stack.name;
      case 'AWS::StackId':
        return `arn:aws:cloudformation:${this.#region()}:${this.#references.accountId}:stack/${this.#stack.name}/1`;
      case 'AWS::NotificationARNs':
        return [];
    }
    const parameter = recordAt(this.#stack.template, 'Parameters')[logicalId];
    if (parameter !== undefined) return textAt(parameter, 'Default') ?? this.#unresolved(`parameter ${logicalId}`);
    return this.#references.ref(this.#stack, logicalId) ?? this.#unresolved(`Ref ${logicalId}`);
  }

  #getAtt([logicalId = '', ...rest]: string[]): Json {
    const name = rest.join('.');
    const found = this.#references.attribute(this.#stack, logicalId, name);
    return found ?? this.#unresolved(`Fn::GetAtt ${logicalId}.${name}`);
  }

  #sub(argument: Json): string {
    const [pattern, variables] = typeof argument === 'string' ? [argument, {}] : listAt(argument);
    const given = recordAt(variables);
    return String(pattern).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (given[name] !== undefined) return String(this.#present(given[name]));
      return String(name.includes('.') ? this.#getAtt(name.split('.')) : this.#present({ Ref: name }));
    });
  }

  #dynamic(value: string): string {
    if (!value.includes('{{resolve:')) return value;
    return value.replace(/\{\{resolve:([^}]+)\}\}/g, (_, reference: string) => {
      return this.#references.dynamic(reference) ?? this.#unresolved(`{{resolve:${reference}}}`);
    });
  }

  #truth(value: Json): boolean {
    if (isRecord(value) && typeof value.Condition === 'string') return this.condition(value.Condition);
    return flagAt({ value: this.#present(value) }, 'value');
  }

  #isCondition(name: string): boolean {
    return name in recordAt(this.#stack.template, 'Conditions');
  }

  #present(value: Json | undefined): Json {
    const resolved = this.value(value ?? null);
    return resolved === ABSENT ? null : resolved;
  }

  #text(value: Json | undefined): string {
    return String(this.#present(value));
  }

  #region(): string {
    return this.#stack.region ?? this.#references.region;
  }

  #unresolved(what: string): never {
    throw new Error(`${this.#stack.name}: cannot resolve ${what}`);
  }
}
