import { useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';
import { PinTray } from '../look/fields.tsx';
import { useText } from '../text/text.ts';
import { auth } from './auth.ts';
import { DoorForm } from './door-form.tsx';
import { useDoor } from './use-door.ts';

// One digit six times, or a run up or down: the first that a stranger would try.
const isWeak = (pin: string) => /^(\d)\1{5}$/.test(pin) || '01234567890'.includes(pin) || '09876543210'.includes(pin);

/** Once: a PIN for this account, so that a locked device within the shift asks for no more than six digits. */
export function ChoosePin({ password, onDone }: { password: string; onDone: () => void }) {
  const t = useText('sign-in');
  const door = useDoor();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const save = () => {
    if (isWeak(pin)) return door.setError(t('pin.weak'));
    if (pin !== again) return door.setError(t('pin.differs'));
    return void door.attempt(async () => {
      await auth.setPin(pin, password);
      onDone();
    });
  };
  return (
    <DoorForm
      title={t('pin.choose')}
      says={t('pin.choose.says')}
      go={t('pin.save')}
      busy={door.busy}
      disabled={again.length < 6}
      onGo={save}
      others={
        <Button voice="text" onClick={onDone}>
          {t('pin.skip')}
        </Button>
      }
    >
      <PinTray label={t('pin.label')} focused secret value={pin} onInput={setPin} />
      <PinTray label={t('pin.again')} secret value={again} onInput={setAgain} error={door.error} />
    </DoorForm>
  );
}
