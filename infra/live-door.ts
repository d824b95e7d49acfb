import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat, CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { LogGroupLogDestination, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { AppFunction } from './constructs/function.ts';
import { allow, arnIn } from './constructs/grant.ts';
import { type House, named } from './constructs/house.ts';

/** As of the HTTP API, by the names that a WebSocket API has for it. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTimeEpoch',
    route: '$context.routeKey',
    event: '$context.eventType',
    status: '$context.status',
    milliseconds: '$context.integrationLatency',
    refusedBy: '$context.authorizer.error',
    refused: '$context.error.message',
    fault: '$context.integration.error',
  }),
);

/** The WebSocket API. Its one stage is called `ws`, so that CloudFront's /ws reaches it without an origin path. */
export class LiveDoor extends Construct {
  readonly api: WebSocketApi;
  readonly domainName: string;
  private readonly stage: WebSocketStage;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    this.api = new WebSocketApi(this, 'Api', {
      apiName: named(house.settings, 'live'),
      routeSelectionExpression: '$request.body.action',
    });
    const log = new LogGroup(this, 'Access', {
      logGroupName: `/aws/vendedlogs/${named(house.settings, 'live')}`,
      encryptionKey: house.keys.operations,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: 'ws',
      autoDeploy: true,
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLogFormat },
    });
    this.stage.node.addDependency(this.letApiGatewayLog());
    this.domainName = `${this.api.apiId}.execute-api.${Stack.of(this).region}.amazonaws.com`;
  }

  /** `$connect` passes only with an access token, which arrives as a sub-protocol because a URL would be logged. */
  open(authorize: AppFunction, socket: AppFunction): void {
    const integration = (route: string) => new WebSocketLambdaIntegration(route, socket.lambda);
    this.api.addRoute('$connect', {
      integration: integration('OnConnect'),
      authorizer: new WebSocketLambdaAuthorizer('AccessToken', authorize.lambda, {
        identitySource: ['route.request.header.Sec-WebSocket-Protocol'],
      }),
    });
    this.api.addRoute('$disconnect', { integration: integration('OnDisconnect') });
    this.api.addRoute('$default', { integration: integration('OnMessage') });
  }

  /** Lets a function write to open connections and close them. */
  postFrom(from: AppFunction): void {
    const connections = `${this.api.apiId}/${this.stage.stageName}/*/@connections/*`;
    allow(from, ['execute-api:ManageConnections'], [arnIn(this, 'execute-api', connections)]);
    from.lambda.addEnvironment('REALTIME_ENDPOINT', `https://${this.domainName}/${this.stage.stageName}`);
  }

  /** An account's one setting, without which a WebSocket API refuses to keep an access log. */
  private letApiGatewayLog(): CfnAccount {
    const role = new Role(this, 'LogRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    const account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return account;
  }
}
