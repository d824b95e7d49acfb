import type { Construct } from 'constructs';
import { addContextApi } from './constructs/api.ts';
import { AppFunction } from './constructs/function.ts';
import { grantSecret } from './constructs/grant.ts';
import type { Parts } from './parts.ts';
import { sendEmail, sendSms } from './post.ts';
import { browserPushServices } from './push-services.ts';
import { consumerTimeout } from './queues.ts';
import { endSubscriptions, publishToTeams, subscribeToTeams } from './team-topics.ts';

/** Everything that leaves the building: SMS, e-mail, push, team topics. */
export function addNotifications(scope: Construct, parts: Parts): void {
  const { house, lasting, queues } = parts;
  const api = addContextApi(scope, parts, 'NotificationsApi', {
    entry: 'notifications/api',
    impact: 'People cannot change how they are told, nor see what was sent.',
    table: ['dynamodb:Query'],
    index: true,
    environment: { VAPID_SECRET_ARN: lasting.vapidSecret.secretArn, PUSH_SERVICES: browserPushServices.join(' ') },
  });
  queues.sendFrom(api, 'notifications');
  subscribeToTeams(api, parts);
  grantSecret(api, lasting.vapidSecret);

  const onMessage = new AppFunction(scope, 'OnMessage', house, {
    entry: 'notifications/on-message',
    impact: 'Reminders and alerts do not leave: no SMS, e-mail, push or team topic.',
    timeout: consumerTimeout,
    environment: {
      APP_ORIGIN: `https://${house.settings.domain}`,
      VAPID_SECRET_ARN: lasting.vapidSecret.secretArn,
      PUSH_SERVICES: browserPushServices.join(' '),
    },
  });
  onMessage.useTable(
    lasting.table,
    ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    { index: true },
  );
  // What must wait becomes due work.
  queues.sendFrom(onMessage, 'due', 'notifications');
  publishToTeams(onMessage, parts);
  endSubscriptions(onMessage);
  sendSms(onMessage, house);
  sendEmail(onMessage, house);
  grantSecret(onMessage, lasting.vapidSecret);
  onMessage.consume(queues.named.notifications, { size: 10, maxConcurrency: 20 });
}
