/** Resources of the template as the data plane holds them: CloudFormation's shapes with all references resolved. */

export type TableDef = {
  name: string;
  arn: string;
  keySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
  attributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[];
  globalSecondaryIndexes?: {
    IndexName: string;
    KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
    Projection: { ProjectionType?: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'; NonKeyAttributes?: string[] };
  }[];
  /** Present when the table has a stream: records are made for it. */
  streamArn?: string;
  timeToLiveAttribute?: string;
  keyArn?: string;
};
export type BucketDef = {
  name: string;
  arn: string;
  keyArn?: string;
  /** Objects made are announced through `onObject`. */
  eventBridge?: boolean;
  /** `CorsConfiguration.CorsRules` of the template. */
  corsRules?: {
    AllowedOrigins: string[];
    AllowedMethods: string[];
    AllowedHeaders?: string[];
    ExposedHeaders?: string[];
  }[];
};
export type QueueDef = {
  name: string;
  arn: string;
  visibilityTimeoutSeconds: number;
  delaySeconds?: number;
  retentionSeconds?: number;
  maximumMessageBytes?: number;
  deadLetter?: { queueArn: string; maxReceiveCount: number };
  keyArn?: string;
};
export type TopicDef = { name: string; arn: string; keyArn?: string };
export type KeyDef = { arn: string; aliases?: string[] };
/** A secret or parameter takes `value` when given, else a generated one that is stable within `dataDir`. */
export type SecretDef = {
  name: string;
  arn: string;
  keyArn?: string;
  value?: string;
  generateSecretString?: {
    SecretStringTemplate?: string;
    GenerateStringKey?: string;
    PasswordLength?: number;
    ExcludeCharacters?: string;
    ExcludePunctuation?: boolean;
  };
};
export type ParameterDef = { name: string; arn: string; value: string; keyArn?: string };

export type TriggerName =
  | 'PreSignUp'
  | 'PostConfirmation'
  | 'PreAuthentication'
  | 'PostAuthentication'
  | 'PreTokenGeneration'
  | 'CustomMessage'
  | 'DefineAuthChallenge'
  | 'CreateAuthChallenge'
  | 'VerifyAuthChallengeResponse';
export type UserPoolClientDef = {
  id: string;
  generateSecret: boolean;
  explicitAuthFlows: string[];
  accessTokenSeconds: number;
  idTokenSeconds: number;
  refreshTokenSeconds: number;
  preventUserExistenceErrors?: boolean;
  /** `RefreshTokenRotation` of the template. */
  rotation?: { retryGraceSeconds: number };
};
export type UserPoolDef = {
  id: string;
  arn: string;
  clients: UserPoolClientDef[];
  groups: string[];
  /** Function names by trigger (`LambdaConfig`); `PreTokenGenerationConfig` is version-aware. */
  triggers: Partial<Record<TriggerName, string>>;
  preTokenGenerationVersion?: 'V1_0' | 'V2_0' | 'V3_0';
  mfa: 'OFF' | 'OPTIONAL' | 'ON';
  usernameAttributes?: string[];
  aliasAttributes?: string[];
  autoVerifiedAttributes?: string[];
  adminCreateOnly?: boolean;
  passwordPolicy?: {
    MinimumLength?: number;
    RequireUppercase?: boolean;
    RequireLowercase?: boolean;
    RequireNumbers?: boolean;
    RequireSymbols?: boolean;
    TemporaryPasswordValidityDays?: number;
  };
  /** Custom attribute names with their `custom:` prefix. */
  customAttributes?: string[];
};
export type IotDef = { policies: { name: string; document: unknown }[]; thingTypes: string[] };

export type Resources = {
  tables: TableDef[];
  buckets: BucketDef[];
  queues: QueueDef[];
  topics: TopicDef[];
  keys: KeyDef[];
  userPools: UserPoolDef[];
  secrets: SecretDef[];
  parameters: ParameterDef[];
  iot: IotDef;
};
