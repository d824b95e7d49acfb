import { useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';
import { PinTray } from '../look/fields.tsx';
import { enter, type Locked } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { auth, triesLeft } from './auth.ts';
import { useDoor } from './use-door.ts';

const greeting = (hour: number) =>
  hour < 12 ? ('pin.morning' as const) : hour < 17 ? ('pin.afternoon' as const) : ('pin.evening' as const);

/** A trusted device within a shift: who it waits for, and six digits. */
export function PinDoor({ locked, onOther }: { locked: Locked; onOther: () => void }) {
  const t = useText('sign-in');
  const dates = useDates();
  const door = useDoor();
  const [pin, setPin] = useState('');
  const [left, setLeft] = useState(locked.triesLeft);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const first = locked.displayName.split(' ')[0] ?? '';
  const send = (digits: string) =>
    door.attempt(
      async () => {
        await enter(await auth.unlock(digits));
      },
      (error) => {
        setPin('');
        setLeft(triesLeft(error) ?? left);
        if (triesLeft(error) === 0) onOther();
      },
    );
  return (
    <form
      class="si-part"
      onSubmit={(event) => {
        event.preventDefault();
        void send(pin);
      }}
    >
      <div>
        <p class="meta">{t('pin.trusted', { time: dates.clock(locked.trustedUntil, zone) })}</p>
        <h1>{t(greeting(new Date().getHours()), { name: first })}</h1>
      </div>
      <PinTray
        label={t('pin.label')}
        secret
        focused
        value={pin}
        onInput={setPin}
        onFull={(digits) => void send(digits)}
        error={door.error}
        hint={t('pin.left', { count: left })}
      />
      <Button voice="go" wide class="take" type="submit" busy={door.busy} disabled={pin.length < 6}>
        {t('pin.go')}
      </Button>
      <Button wide onClick={onOther}>
        {t('pin.not-me', { name: locked.displayName })}
      </Button>
    </form>
  );
}
