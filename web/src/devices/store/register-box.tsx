import { useState } from 'preact/hooks';
import type { BoxSecret } from '../../../../functions/devices/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { post } from '../../shell/api.ts';
import { useSave } from '../../shell/save.ts';
import { useText } from '../../text/text.ts';
import { boxCode, isBoxCode } from '../box-code.ts';
import { BoxCodeField } from '../box-code-field.tsx';
import { Secrets } from './secret.tsx';

/** One box by its code; its certificate and key are handed over here. */
export function RegisterBox({ facilityId, onClose }: { facilityId: string; onClose: () => void }) {
  const t = useText('admin');
  const shell = useText('shell');
  const [serial, setSerial] = useState('');
  const [model, setModel] = useState('');
  const [hours, setHours] = useState('1');
  const [secret, setSecret] = useState<BoxSecret>();
  const { busy, error, save } = useSave([facilityId], () => undefined);
  const interval = Number(hours);
  const body = { serial: boxCode(serial), model: model.trim(), uploadIntervalHours: interval };
  const { checks, error: wrong } = useChecks({
    serial: !isBoxCode(body.serial) && t('enrol.box-bad'),
    model: body.model === '' && t('box-store.model-missing'),
    hours: !(interval > 0 && interval <= 360) && t('box-store.interval-wrong'),
  });
  const register = () =>
    save(async () => setSecret(await post<BoxSecret>(`/api/devices/organisations/${facilityId}/boxes`, body)));
  return (
    <Dialog title={t('box-store.register')} closeWord={shell('close')} onClose={onClose}>
      {secret ? (
        <div class="form">
          <Secrets secrets={[secret]} name={secret.boxId} />
        </div>
      ) : (
        <CheckedForm checks={checks} go={t('box-store.register')} busy={busy} error={error} onGo={register}>
          <BoxCodeField
            name="serial"
            label={t('box-store.serial')}
            value={serial}
            onInput={setSerial}
            error={wrong('serial')}
          />
          <TextField
            name="model"
            label={t('box-store.model')}
            value={model}
            onInput={setModel}
            maxLength={40}
            error={wrong('model')}
          />
          <TextField
            name="hours"
            label={t('box-store.interval')}
            type="number"
            min={1}
            max={360}
            value={hours}
            onInput={setHours}
            error={wrong('hours')}
          />
        </CheckedForm>
      )}
    </Dialog>
  );
}
