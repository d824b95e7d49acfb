import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';
import { PinTray } from '../look/fields.tsx';
import { useSecondsUntil } from '../shell/edges.tsx';
import { useText } from '../text/text.ts';
import { DoorForm } from './door-form.tsx';
import { useDoor } from './use-door.ts';

const pauseSeconds = 30;

/** Six digits that were sent; sends itself when full. `children` is what else this step asks for. */
export function CodeForm(props: {
  to: string;
  go?: string;
  /** With more fields below, the person presses the button themselves. */
  children?: ComponentChildren;
  other: string;
  onOther: () => void;
  onAgain: () => Promise<void>;
  onCode: (code: string) => Promise<void>;
}) {
  const t = useText('sign-in');
  const door = useDoor();
  const [code, setCode] = useState('');
  const [againAt, setAgainAt] = useState(() => Date.now() + pauseSeconds * 1000);
  const wait = useSecondsUntil(againAt);
  const send = (digits: string) =>
    door.attempt(
      () => props.onCode(digits),
      () => setCode(''),
    );
  return (
    <DoorForm
      title={t('code.title')}
      go={props.go ?? t('code.go')}
      busy={door.busy}
      disabled={code.length < 6}
      onGo={() => void send(code)}
      others={
        <>
          <Button
            wide
            disabled={wait > 0}
            onClick={() => {
              setAgainAt(Date.now() + pauseSeconds * 1000);
              void props.onAgain();
            }}
          >
            {wait > 0 ? t('code.again.in', { count: wait }) : t('code.again')}
          </Button>
          <Button voice="text" onClick={props.onOther}>
            {props.other}
          </Button>
        </>
      }
    >
      <PinTray
        focused
        label={t('code.label')}
        hint={t('code.hint', { to: props.to })}
        value={code}
        onInput={setCode}
        error={door.error}
        {...(!props.children && { onFull: (digits: string) => void send(digits) })}
      />
      {props.children}
    </DoorForm>
  );
}
