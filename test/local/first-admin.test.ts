import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cognitoUserPool } from '../../functions/identity/cognito.ts';
import { readActor } from '../../functions/shared/access-store.ts';
import { accountId, type Cloud, region, startCloud } from './aws/cloud.ts';

const poolId = `${region}_Local2`;
const email = 'asha@clinic.example';
const root = fileURLToPath(new URL('../..', import.meta.url));
let cloud: Cloud;

beforeAll(async () => {
  const client = {
    id: 'backend',
    generateSecret: true,
    explicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
    ...{ accessTokenSeconds: 900, idTokenSeconds: 900, refreshTokenSeconds: 86_400 },
    preventUserExistenceErrors: true,
    rotation: { retryGraceSeconds: 30 },
  };
  const pool = {
    id: poolId,
    arn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId}`,
    clients: [client],
    groups: ['system-admin', 'organisation-admin'],
    triggers: {},
    mfa: 'OPTIONAL' as const,
    aliasAttributes: ['email', 'phone_number'],
    passwordPolicy: { MinimumLength: 12 },
  };
  cloud = await startCloud({}, { userPools: [pool] });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloud.operator.endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: cloud.operator.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: cloud.operator.credentials.secretAccessKey,
    USER_POOL_ID: poolId,
    USER_POOL_CLIENT_ID: 'backend',
  });
});
afterAll(async () => await cloud.stop());

/** As a deployer runs it. */
async function firstAdmin(...args: string[]) {
  return await promisify(execFile)(process.execPath, ['--import', 'tsx', 'infra/first-admin.ts', ...args], {
    cwd: root,
    env: process.env,
  });
}
const deployment = ['--table', 'care', '--pool', poolId, '--email', email, '--name', 'Asha Tirkey'];

describe('the first administrator', () => {
  it('is made with a country by the deployer, and signs in with the code that was printed', async () => {
    const { stdout } = await firstAdmin(...deployment, '--country-id', 'org_in', '--country', 'India');
    const code = /with the code (\S+)$/m.exec(stdout)?.[1] ?? 'no code was printed';
    const pool = cognitoUserPool();
    expect((await pool.signIn(email, code)).kind).toBe('new-password');
    const account = await pool.find(email);
    const db = DynamoDBDocumentClient.from(new DynamoDBClient(cloud.operator));
    expect(await readActor({ db, tableName: 'care' }, account?.userId ?? '')).toMatchObject({
      displayName: 'Asha Tirkey',
      roles: ['system-admin', 'organisation-admin'],
      organisationIds: ['org_in'],
    });
  });

  it('is not made twice', async () => {
    await expect(firstAdmin(...deployment)).rejects.toMatchObject({ code: 1 });
  });
});
