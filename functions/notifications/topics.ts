import {
  GetSubscriptionAttributesCommand,
  NotFoundException,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';

/** A person's own subscription to the SNS topic of a team, as SNS knows it. */
export type Topics = {
  /** Asks SNS, which writes to the endpoint for a confirmation. Answers the subscription's ARN. */
  subscribe(ask: {
    topicArn: string;
    protocol: 'email' | 'sms';
    endpoint: string;
    severities: readonly string[];
  }): Promise<string>;
  stateOf(subscriptionArn: string): Promise<'pending' | 'confirmed' | 'removed'>;
  filter(subscriptionArn: string, severities: readonly string[]): Promise<void>;
  unsubscribe(subscriptionArn: string): Promise<void>;
};

const filterPolicy = (severities: readonly string[]) => JSON.stringify({ severity: severities });

export function snsTopics(): Topics {
  const sns = new SNSClient({});
  return {
    subscribe: async ({ topicArn, protocol, endpoint, severities }) => {
      const answer = await sns.send(
        new SubscribeCommand({
          TopicArn: topicArn,
          Protocol: protocol,
          Endpoint: endpoint,
          ReturnSubscriptionArn: true,
          Attributes: { FilterPolicy: filterPolicy(severities) },
        }),
      );
      if (!answer.SubscriptionArn) throw new Error('SNS made a subscription without an ARN');
      return answer.SubscriptionArn;
    },
    stateOf: async (subscriptionArn) => {
      try {
        const command = new GetSubscriptionAttributesCommand({ SubscriptionArn: subscriptionArn });
        const { Attributes } = await sns.send(command);
        return Attributes?.PendingConfirmation === 'true' ? 'pending' : 'confirmed';
      } catch (error) {
        if (error instanceof NotFoundException) return 'removed';
        throw error;
      }
    },
    filter: async (subscriptionArn, severities) => {
      await sns.send(
        new SetSubscriptionAttributesCommand({
          SubscriptionArn: subscriptionArn,
          AttributeName: 'FilterPolicy',
          AttributeValue: filterPolicy(severities),
        }),
      );
    },
    unsubscribe: async (subscriptionArn) => {
      try {
        await sns.send(new UnsubscribeCommand({ SubscriptionArn: subscriptionArn }));
      } catch (error) {
        // One that was never confirmed cannot be ended; SNS forgets it by itself after three days.
        if (!(error instanceof Error) || !['InvalidParameterException', 'NotFoundException'].includes(error.name))
          throw error;
      }
    },
  };
}
