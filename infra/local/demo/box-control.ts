import type { Cloud } from '../cloud.ts';
import { BadRequest, type LocalRoute } from '../control/answer.ts';
import { momentAsked } from '../control/moment.ts';
import { textAt } from '../json.ts';
import type { PillBox } from './pill-box.ts';
import type { PillBoxes } from './pill-boxes.ts';

/** A little after the dosing day has rolled over. */
const DAY_IS_OVER = '03:10';

/** `GET /local/boxes`, and `POST /local/boxes/<id> {"do":"open"|"let-day-pass"|"battery-dead"|"upload-late"|"report"}`. */
export function boxControl(cloud: Cloud, boxes: PillBoxes): Record<string, LocalRoute> {
  return {
    'GET /local/boxes': () => ({ body: boxes.all().map((box) => box.view()) }),
    'POST /local/boxes/*': async (request) => {
      const boxId = decodeURIComponent(request.path.split('/').at(-1) ?? '');
      const box = boxes.find(boxId);
      if (box === undefined) return { status: 404, body: { message: `No box ${boxId} here` } };
      await act(cloud, box, textAt(await request.body(), 'do') ?? '');
      return { body: box.view() };
    },
  };
}

async function act(cloud: Cloud, box: PillBox, what: string): Promise<void> {
  switch (what) {
    case 'open':
      box.open();
      return box.upload();
    case 'report':
      return box.report();
    case 'battery-dead':
      return box.die();
    case 'upload-late':
      return box.uploadLate();
    case 'let-day-pass':
      await cloud.mover.moveTo(
        () => momentAsked({ to: DAY_IS_OVER, zone: box.box.zone }, cloud.clock.now()),
        'quarters',
      );
      await box.report();
      return cloud.idle();
    default:
      throw new BadRequest(`A box cannot do "${what}"`);
  }
}
