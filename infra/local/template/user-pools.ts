import type { TriggerName, UserPoolClientDef, UserPoolDef } from '../aws/index.ts';
import { flagAt, type Json, type JsonRecord, listAt, numberAt, recordAt, textAt, textsAt } from '../json.ts';
import type { Deployment, Resource } from './deployment.ts';

const TRIGGERS: Readonly<Record<string, TriggerName>> = {
  PreSignUp: 'PreSignUp',
  PostConfirmation: 'PostConfirmation',
  PreAuthentication: 'PreAuthentication',
  PostAuthentication: 'PostAuthentication',
  PreTokenGeneration: 'PreTokenGeneration',
  CustomMessage: 'CustomMessage',
  DefineAuthChallenge: 'DefineAuthChallenge',
  CreateAuthChallenge: 'CreateAuthChallenge',
  VerifyAuthChallengeResponse: 'VerifyAuthChallengeResponse',
};

/** User pools with their clients, groups and triggers. */
export function readUserPools(deployment: Deployment): UserPoolDef[] {
  return deployment.ofType('AWS::Cognito::UserPool').map((pool) => {
    const of = (type: string) =>
      deployment.ofType(type).filter((part) => textAt(part.properties(), 'UserPoolId') === pool.ref);
    return {
      ...readPool(pool, deployment),
      clients: of('AWS::Cognito::UserPoolClient').map(readClient),
      groups: of('AWS::Cognito::UserPoolGroup').map((group) => group.name),
    };
  });
}

function readPool(pool: Resource, deployment: Deployment): Omit<UserPoolDef, 'clients' | 'groups'> {
  const properties = pool.properties();
  const policy = recordAt(properties, 'Policies', 'PasswordPolicy');
  const version = textAt(properties, 'LambdaConfig', 'PreTokenGenerationConfig', 'LambdaVersion');
  return {
    id: pool.name,
    arn: pool.arn,
    triggers: readTriggers(recordAt(properties, 'LambdaConfig'), deployment),
    ...((version === 'V1_0' || version === 'V2_0' || version === 'V3_0') && { preTokenGenerationVersion: version }),
    mfa: readMfa(textAt(properties, 'MfaConfiguration')),
    usernameAttributes: textsAt(properties, 'UsernameAttributes'),
    aliasAttributes: textsAt(properties, 'AliasAttributes'),
    autoVerifiedAttributes: textsAt(properties, 'AutoVerifiedAttributes'),
    adminCreateOnly: flagAt(properties, 'AdminCreateUserConfig', 'AllowAdminCreateUserOnly'),
    passwordPolicy: {
      MinimumLength: numberAt(policy, 'MinimumLength') ?? 8,
      RequireUppercase: flagAt(policy, 'RequireUppercase'),
      RequireLowercase: flagAt(policy, 'RequireLowercase'),
      RequireNumbers: flagAt(policy, 'RequireNumbers'),
      RequireSymbols: flagAt(policy, 'RequireSymbols'),
      TemporaryPasswordValidityDays: numberAt(policy, 'TemporaryPasswordValidityDays') ?? 7,
    },
    customAttributes: listAt(properties, 'Schema').flatMap((attribute) => customName(attribute)),
  };
}

function readMfa(value: string | undefined): 'OFF' | 'OPTIONAL' | 'ON' {
  return value === 'ON' || value === 'OPTIONAL' ? value : 'OFF';
}

/** Standard attributes stand in the same list as our own; those of ours are lower-case words or camelCase. */
function customName(attribute: Json): string[] {
  const name = textAt(attribute, 'Name') ?? '';
  const standard = [
    'email',
    'phone_number',
    'name',
    'given_name',
    'family_name',
    'locale',
    'zoneinfo',
    'sub',
    'birthdate',
  ];
  return name === '' || standard.includes(name) ? [] : [`custom:${name}`];
}

function readTriggers(config: JsonRecord, deployment: Deployment): UserPoolDef['triggers'] {
  const triggers: UserPoolDef['triggers'] = {};
  for (const [property, trigger] of Object.entries(TRIGGERS)) {
    const arn = textAt(config, property);
    const name = deployment.find(arn, 'AWS::Lambda::Function')?.name;
    if (name !== undefined) triggers[trigger] = name;
  }
  const versioned = deployment.find(textAt(config, 'PreTokenGenerationConfig', 'LambdaArn'), 'AWS::Lambda::Function');
  if (versioned !== undefined) triggers.PreTokenGeneration = versioned.name;
  return triggers;
}

function readClient(client: Resource): UserPoolClientDef {
  const properties = client.properties();
  const units = recordAt(properties, 'TokenValidityUnits');
  const rotation = recordAt(properties, 'RefreshTokenRotation');
  const seconds = (property: string, unit: string, otherwise: number) => {
    const value = numberAt(properties, property);
    return value === undefined ? otherwise : value * unitSeconds(textAt(units, unit) ?? 'hours');
  };
  return {
    id: client.name,
    generateSecret: flagAt(properties, 'GenerateSecret'),
    explicitAuthFlows: textsAt(properties, 'ExplicitAuthFlows'),
    accessTokenSeconds: seconds('AccessTokenValidity', 'AccessToken', 3600),
    idTokenSeconds: seconds('IdTokenValidity', 'IdToken', 3600),
    refreshTokenSeconds: seconds('RefreshTokenValidity', 'RefreshToken', 30 * 86_400),
    preventUserExistenceErrors: textAt(properties, 'PreventUserExistenceErrors') === 'ENABLED',
    ...(textAt(rotation, 'Feature') === 'ENABLED' && {
      rotation: { retryGraceSeconds: numberAt(rotation, 'RetryGracePeriodSeconds') ?? 0 },
    }),
  };
}

function unitSeconds(unit: string): number {
  return { seconds: 1, minutes: 60, hours: 3600, days: 86_400 }[unit] ?? 3600;
}
