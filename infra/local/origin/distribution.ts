import { createContext, runInContext } from 'node:vm';
import { type Json, type JsonRecord, listAt, numberAt, recordAt, textAt, textsAt } from '../json.ts';
import type { Deployment, Resource } from '../template/deployment.ts';
import type { ViewerRequest, ViewerResponse } from './lambda-http.ts';
import { responseHeaders } from './response-headers.ts';

/** Where CloudFront would fetch from. */
export interface Source {
  readonly domainName: string;
  /** Headers CloudFront adds, the secret one among them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One behaviour of the distribution: which paths, from where, and what happens on the way. */
export interface Behaviour {
  readonly matches: (path: string) => boolean;
  readonly methods: readonly string[];
  readonly source: Source;
  /** The response headers policy, with hosts as they are here. */
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** CloudFront Functions on the viewer's request; may answer by itself. */
  onRequest(request: ViewerRequest): ViewerRequest | ViewerResponse;
}

export interface Distribution {
  readonly domainName: string;
  readonly defaultRootObject: string;
  behaviourFor(path: string): Behaviour;
}

/** The distribution of the template; `origin` is the address that stands for its domain here. */
export function readDistribution(deployment: Deployment, origin: string, frames: readonly string[]): Distribution {
  const [resource] = deployment.ofType('AWS::CloudFront::Distribution');
  if (resource === undefined)
    throw new Error('The template has no CloudFront distribution: nothing would serve the app.');
  const config = recordAt(resource.properties(), 'DistributionConfig');
  const domainName = `${resource.name}.cloudfront.net`;
  const sources = new Map(listAt(config, 'Origins').map((source) => [textAt(source, 'Id'), readSource(source)]));
  const read = (behaviour: Json) => {
    const source = sources.get(textAt(behaviour, 'TargetOriginId'));
    if (source === undefined) throw new Error(`${resource.path}: a behaviour names an origin that does not exist`);
    return readBehaviour(behaviour, source, deployment, { domainName, origin, frames });
  };
  const behaviours = listAt(config, 'CacheBehaviors').map(read);
  const otherwise = read(recordAt(config, 'DefaultCacheBehavior'));
  return {
    domainName,
    defaultRootObject: textAt(config, 'DefaultRootObject') ?? '',
    behaviourFor: (path) => behaviours.find((behaviour) => behaviour.matches(path)) ?? otherwise,
  };
}

function readSource(source: Json): Source {
  const headers = listAt(source, 'OriginCustomHeaders').map((header) => [
    (textAt(header, 'HeaderName') ?? '').toLowerCase(),
    textAt(header, 'HeaderValue') ?? '',
  ]);
  return { domainName: textAt(source, 'DomainName') ?? '', headers: Object.fromEntries(headers) };
}

function readBehaviour(
  behaviour: Json,
  source: Source,
  deployment: Deployment,
  hosts: { domainName: string; origin: string; frames: readonly string[] },
): Behaviour {
  const pattern = textAt(behaviour, 'PathPattern') ?? '*';
  const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*').replaceAll('\\?', '.')}$`);
  const policy = deployment.find(
    textAt(behaviour, 'ResponseHeadersPolicyId'),
    'AWS::CloudFront::ResponseHeadersPolicy',
  );
  const onRequest = listAt(behaviour, 'FunctionAssociations')
    .filter((association) => textAt(association, 'EventType') === 'viewer-request')
    .map((association) =>
      viewerFunction(deployment.find(textAt(association, 'FunctionARN'), 'AWS::CloudFront::Function')),
    );
  const methods = textsAt(behaviour, 'AllowedMethods');
  return {
    matches: (path) => expression.test(path) || expression.test(path.replace(/^\//, '')),
    methods: methods.length > 0 ? methods : ['GET', 'HEAD'],
    source,
    responseHeaders: policy === undefined ? {} : responseHeaders(policy, hosts),
    onRequest: (request) => {
      let current: ViewerRequest | ViewerResponse = request;
      for (const run of onRequest) if (!('status' in current)) current = run(current);
      return current;
    },
  };
}

/** Runs the very text of a CloudFront Function. */
function viewerFunction(resource: Resource | undefined): (request: ViewerRequest) => ViewerRequest | ViewerResponse {
  if (resource === undefined) throw new Error('A behaviour names a CloudFront Function that does not exist');
  const context = createContext({ console });
  runInContext(textAt(resource.properties(), 'FunctionCode') ?? '', context, { filename: resource.name });
  return (request) => {
    const event = JSON.stringify({
      version: '1.0',
      context: { eventType: 'viewer-request' },
      viewer: { ip: request.sourceIp },
      request: edgeRequest(request),
    });
    const answer: Json = JSON.parse(String(runInContext(`JSON.stringify(handler(${event}))`, context)));
    return fromEdge(recordAt(answer), request);
  };
}

function edgeRequest(request: ViewerRequest): JsonRecord {
  const wrap = (entries: Iterable<[string, string]>) =>
    Object.fromEntries([...entries].map(([name, value]) => [name, { value }]));
  const cookies = (request.headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie.includes('='));
  return {
    method: request.method,
    uri: request.path,
    querystring: wrap(new URLSearchParams(request.query)),
    headers: wrap(Object.entries(request.headers)),
    cookies: wrap(
      cookies.map((cookie) => [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)]),
    ),
  };
}

function fromEdge(answer: JsonRecord, request: ViewerRequest): ViewerRequest | ViewerResponse {
  const headers = Object.entries(recordAt(answer, 'headers')).map(([name, header]) => [
    name,
    textAt(header, 'value') ?? '',
  ]);
  const status = numberAt(answer, 'statusCode');
  if (status !== undefined) {
    return {
      status,
      headers: Object.fromEntries(headers),
      body: textAt(answer, 'body', 'data') ?? textAt(answer, 'body') ?? '',
    };
  }
  return { ...request, path: textAt(answer, 'uri') ?? request.path, headers: Object.fromEntries(headers) };
}

function escaped(part: string): string {
  return part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
