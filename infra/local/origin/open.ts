import type { Cloud } from '../cloud.ts';
import type { LocalPages } from '../control/local-pages.ts';
import { helpLine } from '../seed/people/places.ts';
import { readDistribution } from './distribution.ts';
import { startOrigin } from './origin.ts';
import { StoredObjects } from './stored-objects.ts';
import { WebApp } from './web-app.ts';

/** Opens the one origin of a running cloud; resolves to what closes it. */
export async function openToBrowsers(cloud: Cloud, web: string, pages: LocalPages): Promise<() => Promise<void>> {
  const { appOrigin, ports, deployment } = cloud;
  const frames = [appOrigin, appOrigin.replace('localhost', '127.0.0.1')];
  const origin = await startOrigin({
    port: ports.origin,
    secondDevicePort: ports.secondDevice,
    appOrigin,
    now: () => cloud.clock.now(),
    distribution: readDistribution(deployment, appOrigin, frames),
    httpApis: cloud.doors.httpApis,
    webSocketApis: cloud.doors.webSocketApis,
    webApp: new WebApp(web, { '/clinic.json': JSON.stringify(helpLine) }),
    objects: new StoredObjects(
      cloud.aws.endpoint,
      cloud.resources.buckets.map((bucket) => bucket.name),
    ),
    local: (request, response, url) => pages.answer(request, response, url),
  });
  return () => origin.stop();
}
