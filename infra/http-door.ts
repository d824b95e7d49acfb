import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { addAlarm, alarmPeriod } from './constructs/alarm.ts';
import type { AppFunction } from './constructs/function.ts';
import { named } from './constructs/house.ts';
import { resourceOf } from './constructs/resource.ts';
import type { Lasting } from './stacks/lasting.ts';

/** Without it the authorizer would take an ID token for an access token. */
const accessTokenScope = 'aws.cognito.signin.user.admin';

/** No path, no address, no agent: a path names a patient's opaque id, and an address is personal. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTimeEpoch',
    route: '$context.routeKey',
    status: '$context.status',
    milliseconds: '$context.responseLatency',
    bytes: '$context.responseLength',
    refusedBy: '$context.authorizer.error',
    fault: '$context.integrationErrorMessage',
  }),
);

/** The HTTP API: one greedy route per context behind the access token, and the few public ones. */
export class HttpDoor extends Construct {
  readonly api: HttpApi;
  private readonly signedIn: IHttpRouteAuthorizer;
  private readonly stage: CfnStage;
  private readonly integrations = new Map<AppFunction, HttpLambdaIntegration>();

  constructor(scope: Construct, id: string, lasting: Lasting) {
    super(scope, id);
    const { house } = lasting;
    this.api = new HttpApi(this, 'Api', { apiName: named(house.settings, 'http'), createDefaultStage: false });
    const log = new LogGroup(this, 'Access', {
      logGroupName: `/aws/vendedlogs/${named(house.settings, 'http')}`,
      encryptionKey: house.keys.operations,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 1000, burstLimit: 2000 },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLogFormat },
    });
    this.stage = resourceOf(stage, CfnStage);
    addAlarm(this, 'Faults', house, {
      metric: this.api.metricServerError({ period: alarmPeriod, statistic: 'Sum' }),
      threshold: 5,
      impact: 'Screens show errors, and what people record on them waits on their phones.',
      runbook: 'http-faults',
    });
    this.signedIn = new HttpJwtAuthorizer('SignedIn', lasting.signIn.issuer, {
      jwtAudience: [lasting.signIn.clientId],
    });
  }

  /** `ANY /api/<context>/{proxy+}` for people who are signed in. */
  addContext(context: string, to: AppFunction): void {
    this.route(`/api/${context}/{proxy+}`, HttpMethod.ANY, to, this.signedIn);
  }

  /** One path of a context and all below it, for a function of their own. */
  addPart(path: string, to: AppFunction): void {
    this.route(path, HttpMethod.ANY, to, this.signedIn);
    this.route(`${path}/{proxy+}`, HttpMethod.ANY, to, this.signedIn);
  }

  /** A route without sign-in, with its own lower limit: these are what a stranger can call. */
  addOpen(method: HttpMethod, path: string, to: AppFunction): void {
    const route = this.route(path, method, to, new HttpNoneAuthorizer());
    const routeSettings = { ...(this.stage.routeSettings as object | undefined) };
    this.stage.routeSettings = {
      ...routeSettings,
      [`${method} ${path}`]: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    };
    this.stage.node.addDependency(route);
  }

  private route(path: string, method: HttpMethod, to: AppFunction, authorizer: IHttpRouteAuthorizer): HttpRoute {
    const integration = this.integrations.get(to) ?? new HttpLambdaIntegration(to.node.id, to.lambda);
    this.integrations.set(to, integration);
    return new HttpRoute(this, `${method} ${path}`, {
      httpApi: this.api,
      routeKey: HttpRouteKey.with(path, method),
      integration,
      authorizer,
      ...(authorizer === this.signedIn && { authorizationScopes: [accessTokenScope] }),
    });
  }
}
