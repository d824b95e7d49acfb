import * as z from 'zod/mini';
import { AwsError, UnknownOperation } from '../aws-error.ts';
import type { Client, User } from './directory.ts';
import type { ChallengeSession, CustomStep } from './sessions.ts';
import type { AuthAnswer, Metadata, World } from './world.ts';
import { grantTokens } from './world.ts';

const defined = z.looseObject({
  challengeName: z.optional(z.nullable(z.string())),
  issueTokens: z.optional(z.nullable(z.boolean())),
  failAuthentication: z.optional(z.nullable(z.boolean())),
});
const texts = z.optional(z.nullable(z.record(z.string(), z.string())));
const created = z.looseObject({
  publicChallengeParameters: texts,
  privateChallengeParameters: texts,
  challengeMetadata: z.optional(z.nullable(z.string())),
});
const verified = z.looseObject({ answerCorrect: z.optional(z.nullable(z.boolean())) });
const wrong = () => new AwsError('NotAuthorizedException', 'Incorrect username or password.');

/** CUSTOM_AUTH: the pool's own triggers define, create and verify each challenge. */
export async function beginCustom(
  world: World,
  client: Client,
  username: string,
  clientMetadata: Metadata,
): Promise<AuthAnswer> {
  const user = await world.directory.find(client.pool, username);
  if (!user && !client.definition.preventUserExistenceErrors)
    throw new AwsError('UserNotFoundException', 'User does not exist.');
  return nextStep(world, client, { user, username: user?.Username ?? username, steps: [] }, clientMetadata);
}

/** One answer: the trigger says whether it is right, and the definition what comes of it. */
export async function answerCustomChallenge(
  world: World,
  client: Client,
  token: string,
  session: ChallengeSession,
  challengeAnswer: string,
  clientMetadata: Metadata,
): Promise<AuthAnswer> {
  world.sessions.close(token);
  const user = await world.directory.find(client.pool, session.username);
  const response = await world.triggers.run(
    'VerifyAuthChallengeResponse',
    { ...asking(client, user, session.username), source: 'VerifyAuthChallengeResponse_Authentication' },
    {
      privateChallengeParameters: session.secretParameters ?? {},
      challengeAnswer,
      userNotFound: user === undefined,
      ...(clientMetadata ? { clientMetadata } : {}),
    },
    { answerCorrect: false },
  );
  const challengeResult = z.parse(verified, response ?? {}).answerCorrect === true;
  const metadata = session.challengeMetadata === undefined ? {} : { challengeMetadata: session.challengeMetadata };
  const step: CustomStep = { challengeName: 'CUSTOM_CHALLENGE', challengeResult, ...metadata };
  const steps = [...(session.steps ?? []), step];
  return nextStep(world, client, { user, username: session.username, steps }, clientMetadata);
}

type Progress = { user: User | undefined; username: string; steps: CustomStep[] };

async function nextStep(
  world: World,
  client: Client,
  progress: Progress,
  clientMetadata: Metadata,
): Promise<AuthAnswer> {
  const { user, username, steps } = progress;
  const asked = asking(client, user, username);
  const common = { session: steps, userNotFound: user === undefined, ...(clientMetadata ? { clientMetadata } : {}) };
  const verdict = z.parse(
    defined,
    await world.triggers.run(
      'DefineAuthChallenge',
      { ...asked, source: 'DefineAuthChallenge_Authentication' },
      common,
      {
        challengeName: null,
        issueTokens: null,
        failAuthentication: null,
      },
    ),
  );
  if (verdict.failAuthentication) throw wrong();
  if (verdict.issueTokens) {
    if (!user) throw wrong();
    if (!user.Enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
    return grantTokens(world, client, user, 'Authentication', clientMetadata);
  }
  if (verdict.challengeName !== 'CUSTOM_CHALLENGE')
    throw new UnknownOperation('cognito-idp', `CUSTOM_AUTH ${verdict.challengeName}`);
  const request = { ...common, challengeName: 'CUSTOM_CHALLENGE' };
  const made = z.parse(
    created,
    await world.triggers.run(
      'CreateAuthChallenge',
      { ...asked, source: 'CreateAuthChallenge_Authentication' },
      request,
    ),
  );
  const Session = world.sessions.open({
    clientId: client.definition.id,
    username,
    challenge: 'CUSTOM_CHALLENGE',
    steps,
    secretParameters: made.privateChallengeParameters ?? {},
    ...(made.challengeMetadata ? { challengeMetadata: made.challengeMetadata } : {}),
  });
  return {
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session,
    ChallengeParameters: { USERNAME: username, ...made.publicChallengeParameters },
  };
}

function asking(client: Client, user: User | undefined, username: string) {
  return { pool: client.pool, clientId: client.definition.id, user, username };
}
