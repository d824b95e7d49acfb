import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { addAlerts } from '../alerts.ts';
import { addAudit } from '../audit.ts';
import { addDevices } from '../devices.ts';
import { addDispatcher } from '../dispatcher.ts';
import { HttpDoor } from '../http-door.ts';
import { addIdentity } from '../identity.ts';
import { LiveDoor } from '../live-door.ts';
import { addBusinessAlarms } from '../metrics.ts';
import { addNotifications } from '../notifications.ts';
import { addOrganisations } from '../organisations.ts';
import type { Parts } from '../parts.ts';
import { addPlatform } from '../platform.ts';
import { Queues } from '../queues.ts';
import { addRealtime } from '../realtime.ts';
import { addReminders } from '../reminders.ts';
import { addReports } from '../reports.ts';
import { addTreatment } from '../treatment.ts';
import type { Lasting } from './lasting.ts';

/** What runs: functions and what calls them. It keeps nothing, so it can be replaced at any time. */
export class Running extends Stack {
  readonly http: HttpDoor;
  readonly live: LiveDoor;

  constructor(scope: Construct, id: string, lasting: Lasting, props: StackProps) {
    super(scope, id, { ...props, description: 'CareConnect: what runs' });
    const { house } = lasting;
    const queues = new Queues(this, 'Queues', house);
    this.http = new HttpDoor(this, 'Http', lasting);
    this.live = new LiveDoor(this, 'Live', house);
    const parts: Parts = { house, lasting, queues, http: this.http, live: this.live };

    addDispatcher(this, parts);
    addIdentity(this, parts);
    addOrganisations(this, parts);
    addTreatment(this, parts);
    addDevices(this, parts);
    addReminders(this, parts);
    addAlerts(this, parts);
    addNotifications(this, parts);
    addRealtime(this, parts);
    addReports(this, parts);
    addAudit(this, parts);
    addPlatform(this, parts);
    addBusinessAlarms(this, house);

    new CfnOutput(this, 'HttpApiUrl', { value: this.http.api.apiEndpoint });
    new CfnOutput(this, 'LiveApiUrl', { value: `wss://${this.live.domainName}/ws` });
    new CfnOutput(this, 'IotEndpointHint', { value: 'aws iot describe-endpoint --endpoint-type iot:Data-ATS' });
  }
}
