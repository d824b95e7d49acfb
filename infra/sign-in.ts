import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { Role } from '../functions/shared/shapes.ts';
import { AppFunction } from './constructs/function.ts';
import { type House, named } from './constructs/house.ts';
import { sendSms } from './post.ts';

/** The user pool and the one client, which only our own back-end holds: nobody fetches tokens around the TOTP. */
export class SignIn extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  readonly issuer: string;
  readonly clientId: string;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: named(house.settings, 'people'),
      // Decided once for the life of the pool.
      signInAliases: { username: true, email: true, phone: true },
      signInCaseSensitive: false,
      // Accounts, codes and forgotten passwords go through our back-end; the pool itself writes to nobody.
      selfSignUpEnabled: false,
      autoVerify: { email: false, phone: false },
      enableSmsRole: false,
      accountRecovery: AccountRecovery.NONE,
      featurePlan: FeaturePlan.ESSENTIALS,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      // Length instead of composition: OWASP ASVS 5.0, 6.2.1 and 6.2.5.
      passwordPolicy: {
        minLength: 12,
        requireDigits: false,
        requireLowercase: false,
        requireUppercase: false,
        requireSymbols: false,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.client = this.pool.addClient('BackEnd', {
      generateSecret: true,
      disableOAuth: true,
      authFlows: { adminUserPassword: true, custom: true },
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.days(30),
      refreshTokenRotationGracePeriod: Duration.seconds(30),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    for (const role of Role.options)
      new CfnUserPoolGroup(this, `Group-${role}`, { userPoolId: this.pool.userPoolId, groupName: role });
    this.answerChallenges(house);
    this.clientId = this.client.userPoolClientId;
    this.issuer = `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${this.pool.userPoolId}`;
  }

  /** A code by SMS as a way to sign in: which step, which code, is it right. */
  private answerChallenges(house: House): void {
    const trigger = new AppFunction(this, 'OnUserPool', house, {
      entry: 'identity/on-user-pool',
      impact: 'Nobody can sign in with a code by SMS.',
      // Cognito waits no longer.
      timeout: Duration.seconds(5),
    });
    sendSms(trigger, house);
    this.pool.addTrigger(UserPoolOperation.DEFINE_AUTH_CHALLENGE, trigger.lambda);
    this.pool.addTrigger(UserPoolOperation.CREATE_AUTH_CHALLENGE, trigger.lambda);
    this.pool.addTrigger(UserPoolOperation.VERIFY_AUTH_CHALLENGE_RESPONSE, trigger.lambda);
  }

  /** What a function needs that reads access tokens. */
  get tokenEnvironment(): Record<string, string> {
    return {
      USER_POOL_CLIENT_ID: this.clientId,
      ISSUER: this.issuer,
      JWKS_URI: `${this.issuer}/.well-known/jwks.json`,
    };
  }
}
