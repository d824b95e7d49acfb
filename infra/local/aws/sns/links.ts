import { AwsError } from '../aws-error.ts';
import type { OpenRoute } from '../front-door.ts';
import type { Topics } from './topics.ts';

/** What the links in SNS e-mails do: `/local/sns/confirm?token=…` and `/local/sns/unsubscribe?subscription=…`. */
export function subscriptionLinks(topics: Topics): OpenRoute {
  return {
    path: /^\/local\/sns\/(confirm|unsubscribe)$/,
    answer(request, match) {
      const page = (status: number, text: string) => ({
        status,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: text,
      });
      try {
        if (match[1] === 'unsubscribe') {
          topics.unsubscribe(request.query.get('subscription') ?? '');
          return page(200, 'Subscription removed!');
        }
        return page(200, `Subscription confirmed!\n${topics.confirm(request.query.get('token') ?? '').arn}`);
      } catch (error) {
        if (error instanceof AwsError) return page(400, error.message);
        throw error;
      }
    },
  };
}
