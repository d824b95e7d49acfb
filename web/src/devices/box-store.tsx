import { useState } from 'preact/hooks';
import type { BoxSecret, BoxView } from '../../../functions/devices/contract.ts';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { ErrorLine, TextField } from '../look/fields.tsx';
import { Empty } from '../look/states.tsx';
import { useFacility } from '../organisations/facility.tsx';
import { post } from '../shell/api.ts';
import { sayProblem } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { Pages, usePages } from '../shell/pages.tsx';
import { subjectChanged } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';

/** All boxes of a facility, held or in stock, and the way to register a new one. */
export default function BoxStoreScreen() {
  const t = useText('admin');
  const work = useText('work');
  const viewer = useViewer();
  usePage(t('box-store.title'));
  const { facilityId, choose } = useFacility();
  const [registering, setRegistering] = useState(false);
  const boxes = usePages<{ boxes: BoxView[]; next?: string }>(
    [viewer.userId, facilityId, 'boxes'],
    `/api/devices/organisations/${facilityId}/boxes?limit=100`,
    { enabled: facilityId !== 'none' },
  );
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <div class="h-row">
        <h1>{t('box-store.title')}</h1>
        <div class="end">
          {choose}
          <Button voice="go" icon="plus" onClick={() => setRegistering(true)}>
            {t('box-store.register')}
          </Button>
        </div>
      </div>
      <Pages of={boxes} more={work('patients.more')}>
        {(pages) => <Store boxes={pages.flatMap((page) => page.boxes)} />}
      </Pages>
      {registering && <Register facilityId={facilityId} onClose={() => setRegistering(false)} />}
    </main>
  );
}

function Store({ boxes }: { boxes: readonly BoxView[] }) {
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
          <span>{work(`boxes.condition.${box.condition}`)}</span>
        </li>
      ))}
    </ul>
  );
}

function Register({ facilityId, onClose }: { facilityId: string; onClose: () => void }) {
  const t = useText('admin');
  const shell = useText('shell');
  const [serial, setSerial] = useState('');
  const [model, setModel] = useState('');
  const [hours, setHours] = useState('1');
  const [secret, setSecret] = useState<BoxSecret>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const body = { serial: serial.trim().toUpperCase(), model: model.trim(), uploadIntervalHours: Number(hours) };
      setSecret(await post<BoxSecret>(`/api/devices/organisations/${facilityId}/boxes`, body));
      subjectChanged(facilityId);
    } catch (problem) {
      setError(sayProblem(shell, problem));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('box-store.register')} closeWord={shell('close')} onClose={onClose}>
      {secret ? (
        <div class="form">
          <p>{t('box-store.registered')}</p>
          <a
            class="btn go"
            download={`${secret.boxId}.json`}
            href={`data:application/json,${encodeURIComponent(JSON.stringify(secret, null, 2))}`}
          >
            {t('box-store.download')}
          </a>
        </div>
      ) : (
        <div class="form">
          <TextField
            label={t('box-store.serial')}
            value={serial}
            onInput={setSerial}
            autoCapitalize="characters"
            spellcheck={false}
          />
          <TextField label={t('box-store.model')} value={model} onInput={setModel} maxLength={40} />
          <TextField label={t('box-store.interval')} type="number" min={1} max={360} value={hours} onInput={setHours} />
          <ErrorLine says={error} />
          <Button
            voice="go"
            wide
            busy={busy}
            disabled={serial.trim().length < 3 || model.trim() === '' || !(Number(hours) > 0)}
            onClick={() => void save()}
          >
            {t('box-store.register')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
