import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { entries } from '../../infra/entries.ts';
import { exceptions } from '../../infra/exceptions.ts';
import { type Synthesised, synthesise, untouched } from './support/template.ts';

let cloud: Synthesised;
beforeAll(async () => {
  cloud = await synthesise({ checked: true });
});

describe('before anything is deployed', () => {
  const Report = z.object({
    pluginReports: z.array(
      z.object({
        suppressedViolations: z.optional(
          z.array(z.object({ acknowledgedId: z.string(), acknowledgedAt: z._default(z.string(), '') })),
        ),
      }),
    ),
  });

  it('no finding of AwsSolutions or HIPAA stays without a reason, and no reason without a finding', () => {
    const used = z
      .parse(Report, cloud.report)
      .pluginReports.flatMap(({ suppressedViolations }) => suppressedViolations ?? []);
    for (const { rule, at } of exceptions(cloud.settings)) {
      const found = used.some((one) => one.acknowledgedId === rule && one.acknowledgedAt.endsWith(at));
      expect(found, `${rule} at ${at || 'the app'} explains nothing`).toBe(true);
    }
  });

  it('every exception has a sentence as its reason', () => {
    for (const { rule, because } of exceptions(cloud.settings)) expect(because, rule).toMatch(/^\S.{20,}\.$/);
  });

  it('a restored table can take over: nothing that the running stack still imports is gone, and copies are made of it', async () => {
    const streamArn = 'arn:aws:dynamodb:ap-south-1:123456789012:table/restored/stream/2026';
    const stage = { ...untouched, restoredTable: { name: 'restored', streamArn } };
    const restored = await synthesise({ checked: false, stage });
    expect(cloud.exports.filter((name) => !restored.exports.includes(name))).toEqual([]);
    expect(JSON.stringify(restored.ofType('AWS::Backup::BackupSelection'))).toContain('table/restored');
  });

  it('the texts that operators in India registered are known to every function that sends an SMS', async () => {
    const smsIndia = { senderId: 'CARECN', entityId: '11014', templates: { 'code.hi': '11071' } };
    const { ofType } = await synthesise({ checked: false, stage: { ...untouched, smsIndia } });
    const told = ofType('AWS::Lambda::Function').filter(({ properties }) =>
      JSON.stringify(properties).includes('SMS_INDIA'),
    );
    expect(told.map(({ properties }) => properties.Description).sort()).toEqual([
      'identity/accounts-api',
      'identity/api',
      'identity/on-user-pool',
      'notifications/on-message',
    ]);
  });

  it('a stage of another name and Region with everything given needs no further exception', async () => {
    const stage = {
      ...untouched,
      region: 'eu-central-1',
      domain: 'care.example.org',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
      webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/careconnect/1',
      alarmEmail: 'oncall@example.org',
    };
    const { ofType } = await synthesise({ checked: true, stage });
    expect(ofType('AWS::SNS::Subscription')).toHaveLength(1);
    expect(ofType('AWS::CloudFront::Distribution')[0]?.properties).toMatchObject({
      DistributionConfig: { Aliases: ['care.example.org'], WebACLId: stage.webAclArn },
    });
  });

  it('a stack stays far below the 500 resources that it may have', () => {
    for (const stack of new Set(cloud.resources.map((resource) => resource.stack))) {
      expect(cloud.resources.filter((resource) => resource.stack === stack).length, stack).toBeLessThan(350);
    }
  });

  it('there is nothing but plain resources: no custom resource, no code that deploys', () => {
    expect(cloud.resources.filter(({ type }) => /^Custom::|CustomResource/.test(type))).toEqual([]);
    expect(cloud.ofType('AWS::Lambda::Function')).toHaveLength(entries.length);
  });
});

describe('what lasts', () => {
  it('survives the deletion of its stack', () => {
    const lasting = /^AWS::(DynamoDB::Table|S3::Bucket|KMS::Key|Cognito::UserPool|Logs::LogGroup|Backup::BackupVault)$/;
    expect(cloud.resources.filter(({ type, kept }) => lasting.test(type) && !kept)).toEqual([]);
  });

  it('has one table with its stream, its index, its way back in time and expiry in epoch seconds', () => {
    const [table, ...more] = cloud.ofType('AWS::DynamoDB::Table');
    expect(more).toEqual([]);
    expect(table?.properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      SSESpecification: { SSEType: 'KMS' },
      TimeToLiveSpecification: { AttributeName: 'expiresAtEpochSeconds', Enabled: true },
      GlobalSecondaryIndexes: [{ IndexName: 'gsi1', Projection: { ProjectionType: 'ALL' } }],
    });
  });

  it('is encrypted with our own keys, which turn every year', () => {
    for (const key of cloud.ofType('AWS::KMS::Key')) expect(key.properties.EnableKeyRotation, key.id).toBe(true);
    const underOurKey = {
      'AWS::SQS::Queue': 'KmsMasterKeyId',
      'AWS::SNS::Topic': 'KmsMasterKeyId',
      'AWS::Logs::LogGroup': 'KmsKeyId',
      'AWS::Lambda::Function': 'KmsKeyArn',
      'AWS::SecretsManager::Secret': 'KmsKeyId',
      'AWS::Backup::BackupVault': 'EncryptionKeyArn',
    };
    for (const [type, property] of Object.entries(underOurKey)) {
      for (const { id, properties } of cloud.ofType(type)) expect(properties[property], id).toBeTypeOf('object');
    }
  });

  it('knows each key user among the services that put messages', () => {
    const policies = cloud.ofType('AWS::KMS::Key').map(({ properties }) => JSON.stringify(properties.KeyPolicy));
    for (const service of ['cloudwatch', 'events', 'sns', 'iot']) {
      expect(
        policies.some((policy) => policy.includes(`${service}.amazonaws.com`)),
        service,
      ).toBe(true);
    }
  });
});

describe('who gets in', () => {
  const publicRoutes = [
    'ANY /api/auth/{proxy+}',
    'POST /api/open/alerts',
    'GET /api/health',
    'GET /api/openapi.json',
    '$disconnect',
    '$default',
  ];

  it('asks every other route for an access token, and an ID token is none', () => {
    const routes = cloud.ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => properties);
    const open = routes.filter(
      ({ AuthorizationType }) => AuthorizationType === 'NONE' || AuthorizationType === undefined,
    );
    expect(open.map(({ RouteKey }) => RouteKey).sort()).toEqual([...publicRoutes].sort());
    for (const route of routes.filter(({ AuthorizationType }) => AuthorizationType === 'JWT')) {
      expect(route.AuthorizationScopes, String(route.RouteKey)).toEqual(['aws.cognito.signin.user.admin']);
    }
    expect(routes.find(({ RouteKey }) => RouteKey === '$connect')).toMatchObject({ AuthorizationType: 'CUSTOM' });
  });

  it('hands tokens only to our own back-end, for a quarter of an hour, and turns the refresh token', () => {
    const [client, ...more] = cloud.ofType('AWS::Cognito::UserPoolClient');
    expect(more).toEqual([]);
    expect(client?.properties).toMatchObject({
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: false,
      AccessTokenValidity: 15,
      RefreshTokenRotation: { Feature: 'ENABLED' },
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    });
    expect(JSON.stringify(client?.properties.ExplicitAuthFlows)).not.toMatch(/USER_SRP|ALLOW_USER_PASSWORD|REFRESH/);
  });

  it('keeps the API behind CloudFront: nothing cached, no Host passed on, no error page in place of a refusal', () => {
    const Distribution = z.object({
      DistributionConfig: z.object({
        CacheBehaviors: z.array(
          z.object({ PathPattern: z.string(), CachePolicyId: z.string(), OriginRequestPolicyId: z.string() }),
        ),
        CustomErrorResponses: z.array(z.strictObject({ ErrorCode: z.number(), ErrorCachingMinTTL: z.literal(0) })),
      }),
    });
    const [distribution] = cloud.ofType('AWS::CloudFront::Distribution');
    const { DistributionConfig: config } = z.parse(Distribution, distribution?.properties);
    // An error is the API's own word, and nobody's but the one's who asked.
    expect(config.CustomErrorResponses.map(({ ErrorCode }) => ErrorCode)).toEqual([
      404, 405, 414, 500, 501, 502, 503, 504,
    ]);
    const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
    expect(config.CacheBehaviors).toMatchObject([
      { PathPattern: '/api/*', CachePolicyId: cachingDisabled, OriginRequestPolicyId: allViewerExceptHost },
      { PathPattern: '/ws', CachePolicyId: cachingDisabled, OriginRequestPolicyId: allViewerExceptHost },
    ]);
  });

  it('tells the API who asks, whatever the viewer says of it', () => {
    const Behaviours = z.object({
      DistributionConfig: z.object({
        CacheBehaviors: z.array(
          z.object({ PathPattern: z.string(), FunctionAssociations: z.optional(z.array(z.looseObject({}))) }),
        ),
      }),
    });
    const [distribution] = cloud.ofType('AWS::CloudFront::Distribution');
    const { CacheBehaviors } = z.parse(Behaviours, distribution?.properties).DistributionConfig;
    const api = CacheBehaviors.find(({ PathPattern }) => PathPattern === '/api/*');
    expect(api?.FunctionAssociations).toMatchObject([{ EventType: 'viewer-request' }]);
    const viewer = cloud
      .ofType('AWS::CloudFront::Function')
      .find(({ id }) => JSON.stringify(api?.FunctionAssociations).includes(id));
    const request = { headers: { 'x-viewer-address': { value: '10.0.0.1' }, accept: { value: '*/*' } } };
    const event = JSON.stringify({ viewer: { ip: '198.51.100.7' }, request });
    const code = z.parse(z.string(), viewer?.properties.FunctionCode);
    expect(runInNewContext(`${code}; JSON.stringify(handler(${event}))`)).toBe(
      JSON.stringify({ headers: { 'x-viewer-address': { value: '198.51.100.7' }, accept: { value: '*/*' } } }),
    );
  });

  it('writes no path, address or agent into an access log', () => {
    for (const stage of cloud.ofType('AWS::ApiGatewayV2::Stage')) {
      const log = JSON.stringify(stage.properties.AccessLogSettings);
      expect(log, stage.id).toContain('$context.routeKey');
      expect(log, stage.id).not.toMatch(/sourceIp|userAgent|context\.path|resourcePath/);
    }
  });

  it('lets a page load nothing from elsewhere and stand in no frame', () => {
    const [headers] = cloud.ofType('AWS::CloudFront::ResponseHeadersPolicy');
    const policy = JSON.stringify(headers?.properties);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      'StrictTransportSecurity',
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
  });

  it('has a firewall at the edge, in the one region where it can stand', () => {
    const [acl] = cloud.ofType('AWS::WAFv2::WebACL');
    expect(acl?.stack).toMatch(/Edge$/);
    expect(acl?.properties).toMatchObject({ Scope: 'CLOUDFRONT' });
  });
});
