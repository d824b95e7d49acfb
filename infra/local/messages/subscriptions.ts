import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { AwsCloud } from '../aws/index.ts';
import { textAt } from '../json.ts';
import type { Deployment } from '../template/deployment.ts';

/** Subscriptions that stand in the template; those that people make come through the product. */
export async function makeSubscriptions(
  deployment: Deployment,
  aws: Pick<AwsCloud, 'endpoint' | 'operator'>,
  region: string,
): Promise<void> {
  const subscriptions = deployment.ofType('AWS::SNS::Subscription');
  if (subscriptions.length === 0) return;
  const client = new SNSClient({ endpoint: aws.endpoint, region, credentials: aws.operator });
  for (const subscription of subscriptions) {
    const properties = subscription.properties();
    const filter = properties.FilterPolicy;
    await client.send(
      new SubscribeCommand({
        TopicArn: textAt(properties, 'TopicArn'),
        Protocol: textAt(properties, 'Protocol'),
        Endpoint: textAt(properties, 'Endpoint'),
        ...(filter !== undefined && { Attributes: { FilterPolicy: JSON.stringify(filter) } }),
      }),
    );
  }
  client.destroy();
}
