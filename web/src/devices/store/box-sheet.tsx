import { useState } from 'preact/hooks';
import type { BoxDetail, BoxSecret } from '../../../../functions/devices/contract.ts';
import { Button } from '../../look/controls.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { Form } from '../../look/form.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { post } from '../../shell/api.ts';
import { Read } from '../../shell/edges.tsx';
import { useRead } from '../../shell/queries.ts';
import { useSave } from '../../shell/save.ts';
import { useViewer } from '../../shell/session.ts';
import { useDates } from '../../text/dates.ts';
import { useText } from '../../text/text.ts';
import { Secrets } from './secret.tsx';

type Props = { boxId: string; facilityId: string; onClose: () => void };

/** One box: what it said last, its certificates, and its end: lost or out of use. */
export function BoxSheet(props: Props) {
  const shell = useText('shell');
  const viewer = useViewer();
  const box = useRead<BoxDetail>([viewer.userId, props.boxId, 'box'], `/api/devices/boxes/${props.boxId}`);
  return (
    <Dialog title={props.boxId} closeWord={shell('close')} onClose={props.onClose}>
      <Read of={box} rows={3}>
        {(known) => (
          <div class="form">
            <Facts box={known} />
            {known.condition !== 'lost' && known.condition !== 'retired' && (
              <>
                <Certificates box={known} {...props} />
                <Ending box={known} {...props} />
              </>
            )}
          </div>
        )}
      </Read>
    </Dialog>
  );
}

function Facts({ box }: { box: BoxDetail }) {
  const work = useText('work');
  const t = useText('admin');
  const dates = useDates();
  const { zone } = useViewer();
  return (
    <p class="meta">
      {[
        box.model,
        work(`boxes.condition.${box.condition}`),
        work(box.holder ? 'boxes.holder' : 'boxes.stock'),
        box.lastHeardAt && work('page.box-heard', { time: dates.stamp(box.lastHeardAt, zone) }),
        t('box-store.handed-out', { count: box.allocations.length }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}

function Certificates({ box, facilityId }: Props & { box: BoxDetail }) {
  const t = useText('admin');
  const dates = useDates();
  const { zone } = useViewer();
  const [secret, setSecret] = useState<BoxSecret>();
  const { busy, error, save } = useSave([box.boxId, facilityId], () => undefined);
  const active = box.certificates.filter(({ state }) => state === 'active');
  const path = `/api/devices/boxes/${box.boxId}/certificates`;
  return (
    <fieldset class="plan-part">
      <legend class="strong">{t('box-store.certificates')}</legend>
      {active.map(({ certificateId, createdAt }) => (
        <div class="h-row" key={certificateId}>
          <span>
            {certificateId.slice(0, 8)} <span class="quiet">{dates.stamp(createdAt, zone)}</span>
          </span>
          {active.length > 1 && (
            <Button busy={busy} onClick={() => void save(() => post(`${path}/${certificateId}/confirm`, {}))}>
              {t('box-store.only-this')}
            </Button>
          )}
        </div>
      ))}
      {secret ? (
        <Secrets secrets={[secret]} name={box.boxId} />
      ) : (
        active.length < 2 && (
          <Button busy={busy} onClick={() => void save(async () => setSecret(await post<BoxSecret>(path, {})))}>
            {t('box-store.new-certificate')}
          </Button>
        )
      )}
      <p class="meta">{t('box-store.certificate-says')}</p>
      <ErrorLine says={error} />
    </fieldset>
  );
}

function Ending({ box, facilityId, onClose }: Props & { box: BoxDetail }) {
  const t = useText('admin');
  const [reason, setReason] = useState('');
  const { busy, error, save } = useSave([box.boxId, facilityId], onClose);
  const path = `/api/devices/boxes/${box.boxId}`;
  const { checks, error: wrong } = useChecks({
    reason: reason.trim().length < 2 && t('box-store.lost-why-missing'),
  });
  const lose = () => save(() => post(`${path}/lost`, { reason: reason.trim() }));
  return (
    <fieldset class="plan-part">
      <legend class="strong">{t('box-store.end')}</legend>
      <p class="meta">{t('box-store.end-says')}</p>
      <Form class="form" checks={checks} busy={busy} onGo={lose}>
        <TextField
          name="reason"
          label={t('box-store.lost-why')}
          value={reason}
          onInput={setReason}
          maxLength={300}
          error={wrong('reason')}
        />
        <ErrorLine says={error} />
        <Button type="submit" busy={busy}>
          {t('box-store.lost')}
        </Button>
        {!box.holder && (
          <Button busy={busy} onClick={() => void save(() => post(`${path}/retire`, {}))}>
            {t('box-store.retire')}
          </Button>
        )}
      </Form>
    </fieldset>
  );
}
