import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { env } from '../shared/env.ts';

/** Makes the SNS topics of care teams. */
export type Topics = {
  /** The topic of a team, made when it is not there yet. Its name carries the team's opaque id and nothing else. */
  topicOf(teamId: string): Promise<string>;
};

export function snsTopics(): Topics {
  const sns = new SNSClient({});
  return {
    topicOf: async (teamId) => {
      const command = new CreateTopicCommand({
        Name: `${env('TOPIC_PREFIX')}${teamId}`,
        Attributes: { KmsMasterKeyId: env('TEAM_TOPIC_KEY_ARN') },
      });
      const { TopicArn } = await sns.send(command);
      if (!TopicArn) throw new Error('SNS made a topic without an ARN');
      return TopicArn;
    },
  };
}
