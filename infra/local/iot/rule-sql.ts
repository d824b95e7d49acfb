import { at, isRecord, type Json } from '../json.ts';

/** A message as a rule sees it. */
export interface RuleMessage {
  readonly topic: string;
  readonly payload: Buffer;
  readonly clientId: string;
  readonly receivedAt: number;
}

export interface RuleQuery {
  /** Topic filter of FROM. */
  readonly filter: string;
  /** The selected record; throws when the payload is not what the query needs. */
  select(message: RuleMessage): Json;
}

type Expression = (message: RuleMessage) => Json;

/** Reads the part of AWS IoT SQL that our rules use. Anything else stops the start rather than being guessed. */
export function readRuleSql(sql: string): RuleQuery {
  const [, list = '', filter = '', where] =
    /^\s*SELECT\s+([\s\S]+?)\s+FROM\s+'([^']+)'\s*(?:WHERE\s+([\s\S]+))?$/i.exec(sql) ?? [];
  if (filter === '') throw new Error(`IoT SQL that the local cloud cannot read: ${sql}`);
  if (where !== undefined) throw new Error(`IoT SQL with WHERE is not run by the local cloud: ${sql}`);
  const columns = splitOutside(list, ',').map(readColumn);
  return {
    filter,
    select(message) {
      let record: Record<string, Json> = {};
      for (const { name, value } of columns) {
        const selected = value(message);
        if (name === '*' && isRecord(selected)) record = { ...record, ...selected };
        else record[name] = selected;
      }
      return record;
    },
  };
}

function readColumn(text: string): { name: string; value: Expression } {
  const [, expression = text.trim(), alias] = /^([\s\S]+?)\s+AS\s+([\w.]+)$/i.exec(text.trim()) ?? [];
  const name = alias ?? (expression === '*' ? '*' : (expression.split('.').at(-1) ?? expression));
  return { name, value: readExpression(expression) };
}

function readExpression(text: string): Expression {
  const expression = text.trim();
  if (expression === '*') return (message) => parsed(message.payload);
  const literal = /^'([^']*)'$/.exec(expression);
  if (literal !== null) return () => literal[1] ?? '';
  if (/^-?\d+(\.\d+)?$/.test(expression)) return () => Number(expression);
  const call = /^(\w+)\s*\(([\s\S]*)\)$/.exec(expression);
  if (call !== null) return readCall(call[1] ?? '', splitOutside(call[2] ?? '', ','));
  if (/^[A-Za-z_][\w.]*$/.test(expression))
    return (message) => at(parsed(message.payload), ...expression.split('.')) ?? null;
  throw new Error(`IoT SQL expression that the local cloud cannot read: ${expression}`);
}

function readCall(name: string, args: string[]): Expression {
  switch (name.toLowerCase()) {
    case 'encode': {
      if (args[1]?.trim() !== "'base64'") throw new Error(`encode() knows base64 only, not ${args[1]}`);
      if (args[0]?.trim() === '*') return (message) => message.payload.toString('base64');
      const value = readExpression(args[0] ?? '');
      return (message) => Buffer.from(String(value(message))).toString('base64');
    }
    case 'topic': {
      const part = args[0]?.trim();
      return (message) => (part ? (message.topic.split('/')[Number(part) - 1] ?? null) : message.topic);
    }
    case 'clientid':
      return (message) => message.clientId;
    case 'timestamp':
      return (message) => message.receivedAt;
    default:
      throw new Error(`IoT SQL function that the local cloud does not know: ${name}()`);
  }
}

function parsed(payload: Buffer): Json {
  const value: Json = JSON.parse(payload.toString('utf8'));
  return value;
}

/** Splits at a separator that stands outside brackets and quotes. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let part = '';
  for (const character of text) {
    if (character === "'") quoted = !quoted;
    else if (!quoted && character === '(') depth++;
    else if (!quoted && character === ')') depth--;
    if (character === separator && depth === 0 && !quoted) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return part.trim() === '' && parts.length === 0 ? [] : [...parts, part];
}

/** MQTT topic filters: `+` is one level, `#` the rest. */
export function matchesTopic(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (levels[index] === undefined || (level !== '+' && level !== levels[index])) return false;
  }
  return wanted.length === levels.length;
}
