import { randomUUID } from 'node:crypto';
import type { AwsError } from './aws-error.ts';
import type { Answer } from './request.ts';
import type { Operations, Service } from './service.ts';
import { perform } from './service.ts';

type Tree = { [name: string]: Tree | string };

/** A map in an answer, written as `<entry><key/><value/></entry>`. */
export class QueryMap {
  readonly entries: [string, string][];
  constructor(values: Record<string, string>) {
    this.entries = Object.entries(values);
  }
}

/** The query protocol: form fields in, XML out. */
export function queryService(name: string, namespace: string, operations: Operations, deniedName: string): Service {
  return {
    name,
    async handle(request, gate) {
      const fields = new URLSearchParams(request.body.toString());
      const action = fields.get('Action') ?? '';
      const output = await perform({ name, deniedName }, operations, action, readFields(fields), gate);
      const members = typeof output === 'object' && output !== null ? Object.entries(output) : [];
      const body =
        `<${action}Response xmlns="${namespace}"><${action}Result>${members.map(([k, v]) => element(k, v)).join('')}` +
        `</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;
      return { status: 200, headers: { 'content-type': 'text/xml' }, body };
    },
    refuse: refuseXml,
  };
}

function refuseXml(error: AwsError): Answer {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const code = error.name.replace(/Exception$/, '');
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse><Error><Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  };
}

/** `A.entry.1.key=x` … become nested members, lists and maps. */
function readFields(fields: URLSearchParams): unknown {
  const tree: Tree = {};
  for (const [name, value] of fields) {
    const steps = name.split('.');
    let place = tree;
    for (const step of steps.slice(0, -1)) {
      const next = place[step];
      const branch: Tree = typeof next === 'object' ? next : {};
      place[step] = branch;
      place = branch;
    }
    place[steps.at(-1) ?? ''] = value;
  }
  return collapse(tree);
}

function collapse(node: Tree | string): unknown {
  if (typeof node === 'string') return node;
  const list = node.member ?? node.entry;
  if (typeof list === 'object' && Object.keys(list).every((index) => /^\d+$/.test(index))) {
    const items = Object.entries(list)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, item]) => item);
    return node.entry ? collapseMap(items) : items.map(collapse);
  }
  return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, collapse(child)]));
}

function collapseMap(items: (Tree | string)[]): Record<string, unknown> {
  const pairs = items.flatMap((item): [string, unknown][] => {
    if (typeof item === 'string') return [];
    const key = item.key ?? item.Name;
    const value = item.value ?? item.Value;
    return typeof key === 'string' && value !== undefined ? [[key, collapse(value)]] : [];
  });
  return Object.fromEntries(pairs);
}

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value instanceof QueryMap) {
    const entries = value.entries.map(([key, v]) => `<entry>${element('key', key)}${element('value', v)}</entry>`);
    return `<${name}>${entries.join('')}</${name}>`;
  }
  if (Array.isArray(value)) return `<${name}>${value.map((item) => element('member', item)).join('')}</${name}>`;
  if (typeof value === 'object')
    return `<${name}>${Object.entries(value)
      .map(([k, v]) => element(k, v))
      .join('')}</${name}>`;
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
