import middy from '@middy/core';
import type {
  CreateAuthChallengeTriggerEvent,
  DefineAuthChallengeTriggerEvent,
  VerifyAuthChallengeResponseTriggerEvent,
} from 'aws-lambda';
import { createLog } from '../shared/log.ts';
import { emitMetric, metric } from '../shared/metrics.ts';
import { handToCarrier } from './even-time.ts';
import { type Attempt, codeSeconds, isCode, keptOf, metadataOf, newCode, nextStep } from './phone-challenge.ts';
import { awsPost, type Post } from './post.ts';
import { wordsIn } from './words.ts';

export type ChallengeEvent =
  | DefineAuthChallengeTriggerEvent
  | CreateAuthChallengeTriggerEvent
  | VerifyAuthChallengeResponseTriggerEvent;

const log = createLog();
const post = awsPost();

/** Cognito asks how to sign somebody in by phone: which step, which code, is it right. */
export const handler = middy<ChallengeEvent, ChallengeEvent>().handler(
  async (event) =>
    await answerChallenge(event, {
      post,
      now: Date.now,
      log: (outcome) => log.info('challenge', { outcome }),
      unsent: (error) => {
        log.fault('code not sent', error);
        emitMetric(metric.unsentCodes, 1, 'Count');
      },
    }),
);

type Results = CreateAuthChallengeTriggerEvent['request']['session'];
type Means = { readonly post: Post; now(): number; log(outcome: string): void; unsent(error: unknown): void };

export async function answerChallenge(event: ChallengeEvent, means: Means): Promise<ChallengeEvent> {
  if (isDefine(event)) define(event);
  else if (isCreate(event)) await create(event, means);
  else verify(event, means);
  return event;
}

function define(event: DefineAuthChallengeTriggerEvent): void {
  const next = nextStep(event.request.session.map(attemptOf));
  event.response.issueTokens = next === 'tokens' && event.request.userNotFound !== true;
  event.response.failAuthentication = next === 'end';
  event.response.challengeName = 'CUSTOM_CHALLENGE';
}

/** One code per sign-in: a wrong answer asks for the same code again and sends nothing. */
async function create(event: CreateAuthChallengeTriggerEvent, means: Means): Promise<void> {
  const sent = keptOf(event.request.session.map(attemptOf));
  const fresh = sent ? undefined : newCode(means.now());
  const kept = sent ?? fresh?.kept;
  if (!kept) return;
  const phone = event.request.userAttributes?.phone_number;
  if (fresh && phone && event.request.userNotFound !== true) {
    const language = event.request.userAttributes.locale ?? 'en';
    const words = wordsIn(language);
    const send = async () => {
      await means.post.sms(phone, words.code(fresh.code, codeSeconds / 60), `code.${language}`);
      means.log('code sent');
    };
    await handToCarrier(send, means.unsent);
  }
  event.response.publicChallengeParameters = {};
  event.response.privateChallengeParameters = { kept: metadataOf(kept) };
  event.response.challengeMetadata = metadataOf(kept);
}

function verify(event: VerifyAuthChallengeResponseTriggerEvent, means: Means): void {
  const kept = keptOf([
    {
      challengeName: 'CUSTOM_CHALLENGE',
      challengeResult: false,
      challengeMetadata: event.request.privateChallengeParameters.kept ?? '',
    },
  ]);
  const answer: unknown = event.request.challengeAnswer;
  const right = kept !== undefined && typeof answer === 'string' && isCode(kept, answer, means.now());
  event.response.answerCorrect = right && event.request.userNotFound !== true;
  means.log(event.response.answerCorrect ? 'code right' : 'code wrong');
}

function attemptOf(each: Results[number]): Attempt {
  const { challengeName, challengeResult } = each;
  return { challengeName, challengeResult, challengeMetadata: each.challengeMetadata };
}

function isDefine(event: ChallengeEvent): event is DefineAuthChallengeTriggerEvent {
  return event.triggerSource === 'DefineAuthChallenge_Authentication';
}

function isCreate(event: ChallengeEvent): event is CreateAuthChallengeTriggerEvent {
  return event.triggerSource === 'CreateAuthChallenge_Authentication';
}
