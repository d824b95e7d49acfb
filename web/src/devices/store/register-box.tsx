import { useState } from 'preact/hooks';
import type { BoxSecret } from '../../../../functions/devices/contract.ts';
import { Button } from '../../look/controls.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { post } from '../../shell/api.ts';
import { useSave } from '../../shell/save.ts';
import { useText } from '../../text/text.ts';
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
  const badInterval = !(interval > 0 && interval <= 360);
  const body = { serial: serial.trim().toUpperCase(), model: model.trim(), uploadIntervalHours: interval };
  const register = () =>
    save(async () => setSecret(await post<BoxSecret>(`/api/devices/organisations/${facilityId}/boxes`, body)));
  return (
    <Dialog title={t('box-store.register')} closeWord={shell('close')} onClose={onClose}>
      <div class="form">
        {secret ? (
          <Secrets secrets={[secret]} name={secret.boxId} />
        ) : (
          <>
            <TextField
              label={t('box-store.serial')}
              value={serial}
              onInput={setSerial}
              autoCapitalize="characters"
              spellcheck={false}
            />
            <TextField label={t('box-store.model')} value={model} onInput={setModel} maxLength={40} />
            <TextField
              label={t('box-store.interval')}
              type="number"
              min={1}
              max={360}
              value={hours}
              onInput={setHours}
              error={badInterval ? t('box-store.interval-wrong') : undefined}
            />
            <ErrorLine says={error} />
            <Button
              voice="go"
              wide
              busy={busy}
              disabled={body.serial.length < 3 || body.model === '' || badInterval}
              onClick={() => void register()}
            >
              {t('box-store.register')}
            </Button>
          </>
        )}
      </div>
    </Dialog>
  );
}
