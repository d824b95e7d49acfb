import { randomInt, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError } from './aws-error.ts';
import type { LocalSecrets } from './local-secrets.ts';
import type { Service } from './service.ts';
import { jsonService, operation } from './service.ts';
import type { ParameterDef, SecretDef } from './types.ts';

/** Secrets Manager: the values of the template, or generated ones that stay. */
export function secretsService(definitions: SecretDef[], secrets: LocalSecrets, region: string): Service {
  const written = new Map<string, string>();
  const find = (secretId: string) => {
    const found = definitions.find(
      ({ arn, name }) =>
        arn === secretId || name === secretId || arn.startsWith(`${secretId}-`) || secretId.startsWith(`${arn}-`),
    );
    if (!found) throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return found;
  };
  const context = { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` };
  const needs = (action: string, keyActions: string[]) => (input: { SecretId: string }) => {
    const { arn, keyArn } = find(input.SecretId);
    return [
      { action: `secretsmanager:${action}`, resources: [arn] },
      ...(keyArn ? keyActions.map((keyAction) => ({ action: keyAction, resources: [keyArn], context })) : []),
    ];
  };
  const value = (secret: SecretDef) =>
    written.get(secret.arn) ??
    secret.value ??
    secrets.get(`secret-${secret.name}`, () => generated(secret.generateSecretString ?? {}));
  const byId = z.looseObject({ SecretId: z.string() });
  return jsonService('secretsmanager', {
    GetSecretValue: operation(byId, { needs: needs('GetSecretValue', ['kms:Decrypt']) }, (input) => {
      const secret = find(input.SecretId);
      return {
        ARN: secret.arn,
        Name: secret.name,
        SecretString: value(secret),
        VersionId: randomUUID(),
        VersionStages: ['AWSCURRENT'],
      };
    }),
    PutSecretValue: operation(
      z.extend(byId, { SecretString: z.string() }),
      { writes: true, needs: needs('PutSecretValue', ['kms:GenerateDataKey', 'kms:Decrypt']) },
      (input) => {
        const secret = find(input.SecretId);
        written.set(secret.arn, input.SecretString);
        return { ARN: secret.arn, Name: secret.name, VersionId: randomUUID() };
      },
    ),
  });
}

function generated(rules: NonNullable<SecretDef['generateSecretString']>): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const alphabet = [...(rules.ExcludePunctuation ? letters : `${letters}!#$%&()*+,-./:;<=>?@[]^_{|}~`)].filter(
    (character) => !rules.ExcludeCharacters?.includes(character),
  );
  const password = Array.from({ length: rules.PasswordLength ?? 32 }, () => alphabet[randomInt(alphabet.length)]).join(
    '',
  );
  if (!rules.GenerateStringKey) return password;
  return JSON.stringify({ ...JSON.parse(rules.SecretStringTemplate ?? '{}'), [rules.GenerateStringKey]: password });
}

/** Parameter Store, as far as functions read it. */
export function parametersService(definitions: ParameterDef[], region: string): Service {
  const find = (name: string) => {
    const found = definitions.find((one) => one.name === name || one.arn === name);
    if (!found) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
    return found;
  };
  const needsFor = (action: string, names: string[]) =>
    names.map(find).flatMap(({ arn, keyArn }) => [
      { action: `ssm:${action}`, resources: [arn] },
      ...(keyArn
        ? [
            {
              action: 'kms:Decrypt',
              resources: [keyArn],
              context: { 'kms:ViaService': `ssm.${region}.amazonaws.com` },
            },
          ]
        : []),
    ]);
  const shown = ({ name, arn, value, keyArn }: ParameterDef) => ({
    Name: name,
    ARN: arn,
    Type: keyArn ? 'SecureString' : 'String',
    Value: value,
    Version: 1,
  });
  return jsonService('ssm', {
    GetParameter: operation(
      z.looseObject({ Name: z.string() }),
      { needs: (input) => needsFor('GetParameter', [input.Name]) },
      (input) => ({ Parameter: shown(find(input.Name)) }),
    ),
    GetParameters: operation(
      z.looseObject({ Names: z.array(z.string()) }),
      { needs: (input) => needsFor('GetParameters', input.Names) },
      (input) => ({ Parameters: input.Names.map(find).map(shown), InvalidParameters: [] }),
    ),
  });
}
