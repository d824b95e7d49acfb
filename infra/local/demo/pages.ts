import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Cloud } from '../cloud.ts';
import { BadRequest, type LocalAnswer, type LocalRoute } from '../control/answer.ts';
import type { Account } from '../control/people.ts';
import { textAt } from '../json.ts';
import { boxControl } from './box-control.ts';
import { messagesToday, tallyOf, wallTime } from './messages.ts';
import { PillBoxes } from './pill-boxes.ts';
import { signIn } from './sign-in.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const TOKENS = join(HERE, '../../../web/src/look/tokens.css');
const ZONE = 'Asia/Kolkata';

/** `/local/demo`: a patient's phone, a nurse's screen, a pill box, and the messages that left, side by side. */
export function demoPages(cloud: Cloud): Record<string, LocalRoute> {
  const boxes = new PillBoxes(cloud);
  const file =
    (name: string, type: string): LocalRoute =>
    () => ({ type, body: readFileSync(join(HERE, name), 'utf8') });
  return {
    ...boxControl(cloud, boxes),
    'GET /local/demo': file('page.html', 'text/html; charset=utf-8'),
    'GET /local/demo.js': file('page.js', 'text/javascript; charset=utf-8'),
    'GET /local/demo.css': () => ({
      type: 'text/css; charset=utf-8',
      body: readFileSync(TOKENS, 'utf8') + readFileSync(join(HERE, 'page.css'), 'utf8'),
    }),
    'GET /local/demo/state': () => ({ body: state(cloud, boxes) }),
    'POST /local/demo/sign-in': async (request): Promise<LocalAnswer> => {
      const pane = textAt(await request.body(), 'pane');
      const account = pane === 'phone' ? patient(cloud) : nurse(cloud);
      if (account === undefined) throw new BadRequest('The demonstration has no such person yet');
      const device = { origin: cloud.appOrigin, second: pane === 'phone' };
      const cookies = await signIn(cloud, account, device, request.incoming.headers.cookie ?? '');
      return { headers: { 'set-cookie': cookies }, body: { signedIn: account.name } };
    },
  };
}

function state(cloud: Cloud, boxes: PillBoxes) {
  const { clock, people, aws, ports } = cloud;
  const now = clock.now();
  const staff = nurse(cloud);
  const holder = patient(cloud);
  const all = boxes.all();
  const box = all.find((one) => one.box.holder === holder?.name) ?? all[0];
  const zone = box?.box.zone ?? ZONE;
  const messages = messagesToday(aws.outbox.list(), people, now, zone);
  return {
    time: wallTime(now, zone, true),
    date: new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' }).format(
      now,
    ),
    zone,
    moving: clock.standing(),
    phone: { origin: `http://localhost:${ports.secondDevice}`, person: holder?.name },
    staff: { origin: cloud.appOrigin, person: staff?.name },
    tally: staff === undefined ? '' : tallyOf(staff, aws.outbox.list(), people, now, zone),
    box: box === undefined ? undefined : { ...box.view(), lastSent: timeOf(box.view().lastSentAt, zone) },
    messages,
  };
}

function timeOf(instant: string | undefined, zone: string): string | undefined {
  return instant === undefined ? undefined : wallTime(Date.parse(instant), zone, true);
}

function nurse(cloud: Cloud): Account | undefined {
  return cloud.people.accounts.find((account) => account.role === 'nurse');
}

/** The first patient with an account who holds a box, else the first with an account. */
function patient(cloud: Cloud): Account | undefined {
  const patients = cloud.people.accounts.filter((account) => account.role === 'patient');
  return patients.find((account) => cloud.people.boxes.some((box) => box.holder === account.name)) ?? patients[0];
}
