import { useState } from 'preact/hooks';
import type { BoxView } from '../../../functions/devices/contract.ts';
import { Button } from '../look/controls.tsx';
import { Empty } from '../look/states.tsx';
import { useFacility } from '../organisations/facility.tsx';
import { usePage } from '../shell/page.ts';
import { Pages, usePages } from '../shell/pages.tsx';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { Condition } from './condition.tsx';
import { BoxSheet } from './store/box-sheet.tsx';
import { RegisterBox } from './store/register-box.tsx';
import { RegisterList } from './store/register-list.tsx';

/** All boxes of a facility, held or in stock: new ones by hand or by list, and what is done with one. */
export default function BoxStoreScreen() {
  const t = useText('admin');
  const work = useText('work');
  const viewer = useViewer();
  usePage(t('box-store.title'));
  const { facilityId, choose } = useFacility();
  const [open, setOpen] = useState<'one' | 'list'>();
  const [shown, setShown] = useState<string>();
  const boxes = usePages<{ boxes: BoxView[]; next?: string }>(
    [viewer.userId, facilityId, 'boxes'],
    `/api/devices/organisations/${facilityId}/boxes?limit=100`,
    { enabled: facilityId !== 'none' },
  );
  const close = () => setOpen(undefined);
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <div class="h-row">
        <h1>{t('box-store.title')}</h1>
        <div class="end">
          {choose}
          <Button onClick={() => setOpen('list')}>{t('box-store.list')}</Button>
          <Button voice="go" icon="plus" onClick={() => setOpen('one')}>
            {t('box-store.register')}
          </Button>
        </div>
      </div>
      <Pages of={boxes} more={work('patients.more')}>
        {(pages) => <Store boxes={pages.flatMap((page) => page.boxes)} onOpen={setShown} />}
      </Pages>
      {open === 'one' && <RegisterBox facilityId={facilityId} onClose={close} />}
      {open === 'list' && <RegisterList facilityId={facilityId} onClose={close} />}
      {shown && <BoxSheet boxId={shown} facilityId={facilityId} onClose={() => setShown(undefined)} />}
    </main>
  );
}

function Store({ boxes, onOpen }: { boxes: readonly BoxView[]; onOpen: (boxId: string) => void }) {
  const t = useText('admin');
  const work = useText('work');
  if (boxes.length === 0) return <Empty title={t('box-store.empty')} says={t('box-store.empty-says')} />;
  return (
    <ul class="people">
      {boxes.map((box) => (
        <li key={box.boxId}>
          <div class="who-name">
            <b class="strong">{box.boxId}</b>
            <p class="meta">
              {box.model} · {work(box.holder ? 'boxes.holder' : 'boxes.stock')}
            </p>
          </div>
          <Condition of={box.condition} />
          <Button aria-label={t('box-store.open-box', { box: box.boxId })} onClick={() => onOpen(box.boxId)}>
            {t('box-store.open')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
