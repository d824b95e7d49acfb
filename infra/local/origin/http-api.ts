import type { Invocation } from '../compute/environment.ts';
import { numberAt, textAt, textsAt } from '../json.ts';
import { Activity } from '../messages/activity.ts';
import type { Deployment, Resource } from '../template/deployment.ts';
import { JwtAuthorizer } from './jwt-authorizer.ts';
import { httpAnswer, httpEvent, plainMessage, type ViewerRequest, type ViewerResponse } from './lambda-http.ts';
import { Throttle } from './throttle.ts';

export interface HttpApiOptions {
  readonly deployment: Deployment;
  readonly accountId: string;
  readonly region: string;
  invoke(functionName: string, event: unknown): Promise<Invocation>;
  jwksUri(issuer: string): string | undefined;
  now(): number;
}

interface Route {
  readonly key: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly authorizer: JwtAuthorizer | undefined;
  readonly scopes: readonly string[];
}

/** What a function takes in one event; API Gateway itself would take 10 MB. */
const MAX_REQUEST_BYTES = 6 * 1024 * 1024;

/** One HTTP API of the template: its routes, its authorizer, its limits. */
export class HttpApi {
  readonly id: string;
  readonly #options: HttpApiOptions;
  readonly #routes: Route[];
  readonly #throttle: Throttle;
  readonly #activity = new Activity();

  constructor(api: Resource, options: HttpApiOptions) {
    this.id = api.name;
    this.#options = options;
    const { deployment } = options;
    const mine = (type: string) =>
      deployment.ofType(type).filter((part) => textAt(part.properties(), 'ApiId') === api.ref);
    const authorizers = new Map(
      mine('AWS::ApiGatewayV2::Authorizer').map((resource) => [
        resource.ref,
        new JwtAuthorizer({ resource, jwksUri: options.jwksUri, now: options.now }),
      ]),
    );
    this.#routes = mine('AWS::ApiGatewayV2::Route').map((route) => readRoute(route, deployment, authorizers));
    this.#throttle = new Throttle(mine('AWS::ApiGatewayV2::Stage')[0]);
  }

  busy(): boolean {
    return this.#activity.busy();
  }

  answer(request: ViewerRequest): Promise<ViewerResponse> {
    return this.#activity.during(() => this.#answer(request));
  }

  async #answer(request: ViewerRequest): Promise<ViewerResponse> {
    const found = this.#find(request);
    if (found === undefined) return plainMessage(404, 'Not Found');
    const { route, pathParameters } = found;
    if (!this.#throttle.admits(route.key)) return plainMessage(429, 'Too Many Requests');
    if (request.body.length > MAX_REQUEST_BYTES) return plainMessage(413, 'Request Entity Too Large');
    const verdict = await route.authorizer?.decide(request.headers.authorization, route.scopes);
    if (verdict?.result === 'unauthorized') {
      return plainMessage(401, 'Unauthorized', { 'www-authenticate': `Bearer error="${verdict.error}"` });
    }
    if (verdict?.result === 'forbidden') {
      return plainMessage(403, 'Forbidden', { 'www-authenticate': 'Bearer error="insufficient_scope"' });
    }
    const event = httpEvent(request, {
      accountId: this.#options.accountId,
      apiId: this.id,
      domainName: `${this.id}.execute-api.${this.#options.region}.amazonaws.com`,
      routeKey: route.key,
      now: this.#options.now(),
      pathParameters,
      ...(verdict?.result === 'allowed' && { authorizer: verdict.authorizer }),
    });
    return this.#invoke(route, event);
  }

  async #invoke(route: Route, event: unknown): Promise<ViewerResponse> {
    const late = Symbol('late');
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<typeof late>((resolve) => {
      timer = setTimeout(() => resolve(late), route.timeoutMs);
    });
    const answer = await Promise.race([this.#options.invoke(route.functionName, event), timeout]);
    clearTimeout(timer);
    if (answer === late) return plainMessage(503, 'Service Unavailable');
    if (answer.error !== undefined) return plainMessage(500, 'Internal Server Error');
    return httpAnswer(answer.payload);
  }

  /** The most specific route wins: a literal path, then the longest greedy one; its own method before ANY. */
  #find(request: ViewerRequest): { route: Route; pathParameters: Record<string, string> } | undefined {
    const path = request.path.split('/').filter((segment) => segment !== '');
    const matches = this.#routes
      .filter((route) => route.method === request.method || route.method === 'ANY')
      .flatMap((route) => {
        const pathParameters = matchPath(route.segments, path);
        return pathParameters === undefined ? [] : [{ route, pathParameters }];
      });
    return matches.sort((a, b) => specificity(b.route) - specificity(a.route))[0];
  }
}

function readRoute(resource: Resource, deployment: Deployment, authorizers: Map<string, JwtAuthorizer>): Route {
  const properties = resource.properties();
  const key = textAt(properties, 'RouteKey') ?? '';
  const [method = 'ANY', path = ''] = key === '$default' ? ['ANY', '/{proxy+}'] : key.split(' ');
  const integration = deployment.find(
    textAt(properties, 'Target')?.replace('integrations/', ''),
    'AWS::ApiGatewayV2::Integration',
  );
  const target = integrationFunction(integration, deployment);
  const authorizer = authorizers.get(textAt(properties, 'AuthorizerId') ?? '');
  if (textAt(properties, 'AuthorizationType') === 'JWT' && authorizer === undefined) {
    throw new Error(`${resource.path}: route ${key} names an authorizer that does not exist`);
  }
  return {
    key,
    method,
    segments: path.split('/').filter((segment) => segment !== ''),
    functionName: target,
    timeoutMs: numberAt(integration?.properties(), 'TimeoutInMillis') ?? 30_000,
    authorizer,
    scopes: textsAt(properties, 'AuthorizationScopes'),
  };
}

/** The function behind an integration or authorizer address, plain ARN or `…/functions/<arn>/invocations`. */
export function integrationFunction(
  resource: Resource | undefined,
  deployment: Deployment,
  property = 'IntegrationUri',
): string {
  const uri = textAt(resource?.properties(), property) ?? '';
  const arn = /functions\/(arn:[^/]+)\/invocations/.exec(uri)?.[1] ?? uri;
  const target = deployment.find(arn, 'AWS::Lambda::Function');
  if (target === undefined) throw new Error(`${resource?.path ?? 'a route'}: no function behind ${uri}`);
  return target.name;
}

function matchPath(segments: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const greedy = /^\{(.+)\+\}$/.exec(segment)?.[1];
    const actual = path[index];
    if (actual === undefined) return undefined;
    if (greedy !== undefined) {
      parameters[greedy] = path.slice(index).map(decodeURIComponent).join('/');
      return parameters;
    }
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name !== undefined) parameters[name] = decodeURIComponent(actual);
    else if (segment !== actual) return undefined;
  }
  return segments.length === path.length ? parameters : undefined;
}

function specificity(route: Route): number {
  const literal = route.segments.filter((segment) => !segment.startsWith('{')).length;
  const greedy = route.segments.some((segment) => segment.endsWith('+}'));
  return literal * 10 + route.segments.length - (greedy ? 5 : 0) + (route.method === 'ANY' ? 0 : 0.5);
}
