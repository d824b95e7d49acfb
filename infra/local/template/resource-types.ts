import { type JsonRecord, textAt } from '../json.ts';

/** Where a resource lives: what its names and ARNs are made of. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
  /** The front door for AWS calls: `Ref` of a queue is an address. */
  readonly endpoint: string;
}

/** A type of resource that runs here: which property names it, and how `Ref` and its ARN read. */
interface ResourceType {
  readonly nameProperty?: string;
  /** What `Ref` gives; the name when absent. */
  readonly ref?: 'arn' | 'address';
  readonly arn?: (name: string, place: Place) => string;
  readonly attributes?: Readonly<Record<string, (name: string, place: Place, properties: () => JsonRecord) => string>>;
  /** Bucket names are lower-case; user pools carry their region. */
  readonly generated?: (stack: string, logicalId: string, place: Place) => string;
}

const inService =
  (service: string, prefix = '') =>
  (name: string, place: Place) =>
    `arn:aws:${service}:${place.region}:${place.accountId}:${prefix}${name}`;
const named =
  (prefix: string, service = 'iam') =>
  (name: string, place: Place) =>
    `arn:aws:${service}::${place.accountId}:${prefix}${name}`;
const short = (stack: string, logicalId: string) =>
  `${stack}${logicalId}`
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-20);
const issuer = (name: string, place: Place) => `cognito-idp.${place.region}.amazonaws.com/${name}`;

/** Everything that becomes something on one machine. */
export const RUNNING_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::ApiGatewayV2::Api': {
    generated: short,
    arn: (name, place) => `arn:aws:apigateway:${place.region}::/apis/${name}`,
    attributes: {
      ApiEndpoint: (name, place) => `https://${name}.execute-api.${place.region}.amazonaws.com`,
      ApiId: (name) => name,
    },
  },
  'AWS::ApiGatewayV2::Authorizer': { generated: short, attributes: { AuthorizerId: (name) => name } },
  'AWS::ApiGatewayV2::Integration': { generated: short, attributes: { IntegrationId: (name) => name } },
  'AWS::ApiGatewayV2::Route': { generated: short, attributes: { RouteId: (name) => name } },
  'AWS::ApiGatewayV2::Stage': { nameProperty: 'StageName' },
  'AWS::CloudFront::Distribution': {
    generated: short,
    arn: named('distribution/', 'cloudfront'),
    attributes: { Id: (name) => name, DomainName: (name) => `${name}.cloudfront.net` },
  },
  'AWS::CloudFront::Function': {
    nameProperty: 'Name',
    ref: 'arn',
    arn: named('function/', 'cloudfront'),
    attributes: { FunctionARN: named('function/', 'cloudfront') },
  },
  'AWS::CloudFront::ResponseHeadersPolicy': { generated: short, attributes: { Id: (name) => name } },
  'AWS::Cognito::UserPool': {
    generated: (stack, logicalId, place) => `${place.region}_${short(stack, logicalId).slice(-9)}`,
    arn: inService('cognito-idp', 'userpool/'),
    attributes: {
      ProviderName: issuer,
      ProviderURL: (name, place) => `https://${issuer(name, place)}`,
      UserPoolId: (name) => name,
    },
  },
  'AWS::Cognito::UserPoolClient': { generated: short, attributes: { ClientId: (name) => name } },
  'AWS::Cognito::UserPoolGroup': { nameProperty: 'GroupName' },
  'AWS::DynamoDB::GlobalTable': {
    nameProperty: 'TableName',
    arn: inService('dynamodb', 'table/'),
    attributes: {
      StreamArn: (name, place) => `${inService('dynamodb', 'table/')(name, place)}/stream/2026-01-01T00:00:00.000`,
      TableId: (name) => name,
    },
  },
  'AWS::DynamoDB::Table': {
    nameProperty: 'TableName',
    arn: inService('dynamodb', 'table/'),
    attributes: {
      StreamArn: (name, place) => `${inService('dynamodb', 'table/')(name, place)}/stream/2026-01-01T00:00:00.000`,
    },
  },
  'AWS::Events::Rule': { nameProperty: 'Name', arn: inService('events', 'rule/') },
  'AWS::IAM::ManagedPolicy': {
    nameProperty: 'ManagedPolicyName',
    ref: 'arn',
    arn: named('policy/'),
    attributes: { PolicyArn: named('policy/') },
  },
  'AWS::IAM::Policy': { nameProperty: 'PolicyName' },
  'AWS::IAM::Role': { nameProperty: 'RoleName', arn: named('role/'), attributes: { RoleId: (name) => name } },
  'AWS::IoT::Policy': {
    nameProperty: 'PolicyName',
    arn: inService('iot', 'policy/'),
    attributes: { Id: (name) => name },
  },
  'AWS::IoT::ThingType': {
    nameProperty: 'ThingTypeName',
    arn: inService('iot', 'thingtype/'),
    attributes: { Id: (name) => name },
  },
  'AWS::IoT::TopicRule': { nameProperty: 'RuleName', arn: inService('iot', 'rule/') },
  'AWS::KMS::Alias': { nameProperty: 'AliasName' },
  'AWS::KMS::Key': { generated: keyId, arn: inService('kms', 'key/'), attributes: { KeyId: (name) => name } },
  'AWS::Lambda::Alias': { ref: 'arn', generated: (stack, logicalId) => `${stack}-${logicalId}` },
  'AWS::Lambda::EventInvokeConfig': {},
  'AWS::Lambda::EventSourceMapping': { generated: short, attributes: { Id: (name) => name } },
  'AWS::Lambda::Function': { nameProperty: 'FunctionName', arn: inService('lambda', 'function:') },
  'AWS::Lambda::Permission': {},
  'AWS::Lambda::Version': { ref: 'arn', attributes: { Version: () => '1' } },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    generated: (stack, logicalId) => `${stack}-${logicalId}`.toLowerCase().slice(0, 63),
    arn: (name) => `arn:aws:s3:::${name}`,
    attributes: {
      DomainName: (name) => `${name}.s3.amazonaws.com`,
      RegionalDomainName: (name, place) => `${name}.s3.${place.region}.amazonaws.com`,
    },
  },
  'AWS::SES::ConfigurationSet': { nameProperty: 'Name' },
  'AWS::SES::EmailIdentity': {
    nameProperty: 'EmailIdentity',
    arn: inService('ses', 'identity/'),
    attributes: { EmailIdentityArn: inService('ses', 'identity/') },
  },
  'AWS::SNS::Subscription': { ref: 'arn', arn: inService('sns') },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    ref: 'arn',
    arn: inService('sns'),
    attributes: { TopicArn: inService('sns'), TopicName: (name) => name },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    ref: 'address',
    arn: inService('sqs'),
    attributes: {
      QueueName: (name) => name,
      QueueUrl: (name, place) => `${place.endpoint}/${place.accountId}/${name}`,
    },
  },
  'AWS::SSM::Parameter': {
    nameProperty: 'Name',
    arn: (name, place) => inService('ssm', 'parameter/')(name.replace(/^\//, ''), place),
    attributes: {
      Value: (_, __, properties) => textAt(properties(), 'Value') ?? '',
      Type: (_, __, properties) => textAt(properties(), 'Type') ?? 'String',
    },
  },
  'AWS::Scheduler::Schedule': { nameProperty: 'Name', arn: inService('scheduler', 'schedule/default/') },
  'AWS::Scheduler::ScheduleGroup': { nameProperty: 'Name', arn: inService('scheduler', 'schedule-group/') },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    ref: 'arn',
    arn: inService('secretsmanager', 'secret:'),
    attributes: { Id: inService('secretsmanager', 'secret:') },
  },
};

/** What only AWS can show: each with the reason why leaving it out here hides nothing a user would meet. */
export const ONLY_ON_AWS: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'where API Gateway writes its access log',
  'AWS::ApiGatewayV2::Deployment': 'stages here always serve the template',
  'AWS::ApiGatewayV2::DomainName': 'everything is at localhost',
  'AWS::ApiGatewayV2::ApiMapping': 'everything is at localhost',
  'AWS::Backup::BackupPlan': 'backups',
  'AWS::Backup::BackupSelection': 'backups',
  'AWS::Backup::BackupVault': 'backups',
  'AWS::CDK::Metadata': 'which CDK wrote the template',
  'AWS::CertificateManager::Certificate': 'everything is at localhost',
  'AWS::CloudFront::CachePolicy': 'nothing is cached between the browser and the program',
  'AWS::CloudFront::OriginAccessControl': 'the web app is read from its folder',
  'AWS::CloudFront::OriginRequestPolicy': 'headers pass as they are',
  'AWS::CloudWatch::Alarm': 'alarms',
  'AWS::CloudWatch::AnomalyDetector': 'alarms',
  'AWS::CloudWatch::CompositeAlarm': 'alarms',
  'AWS::CloudWatch::Dashboard': 'dashboards',
  'AWS::CodeDeploy::Application': 'gradual deployment',
  'AWS::CodeDeploy::DeploymentGroup': 'gradual deployment',
  'AWS::Cognito::UserPoolRiskConfigurationAttachment': 'threat protection',
  'AWS::IAM::ServiceLinkedRole': 'made by AWS for itself',
  'AWS::IoT::AccountAuditConfiguration': 'Device Defender',
  'AWS::IoT::Logging': 'logs of IoT Core',
  'AWS::IoT::ScheduledAudit': 'Device Defender',
  'AWS::Logs::LogGroup': 'what functions log is under .local/logs',
  'AWS::Logs::MetricFilter': 'metrics',
  'AWS::Logs::QueryDefinition': 'saved log queries',
  'AWS::Logs::ResourcePolicy': 'who may write logs',
  'AWS::Route53::HostedZone': 'everything is at localhost',
  'AWS::Route53::RecordSet': 'everything is at localhost',
  'AWS::S3::BucketPolicy': 'who may reach a bucket besides the functions; theirs is checked by their role',
  'AWS::SNS::TopicPolicy': 'who may publish besides the functions',
  'AWS::SQS::QueuePolicy': 'who may send besides the functions; senders are checked where they send',
  'AWS::Synthetics::Canary': 'canaries',
  'AWS::WAFv2::IPSet': 'firewall',
  'AWS::WAFv2::LoggingConfiguration': 'firewall',
  'AWS::WAFv2::WebACL': 'firewall',
  'AWS::WAFv2::WebACLAssociation': 'firewall',
  'AWS::XRay::SamplingRule': 'tracing',
};

/** KMS key ids are UUIDs; ours are made of the stack and the logical id, so that they stay the same. */
function keyId(stack: string, logicalId: string): string {
  const hex = Buffer.from(`${logicalId}${stack}${'0'.repeat(16)}`)
    .toString('hex')
    .slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
