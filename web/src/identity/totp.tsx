import { useState } from 'preact/hooks';
import type { SignInStep } from '../../../functions/identity/contract.ts';
import { Button } from '../look/controls.tsx';
import { PinTray } from '../look/fields.tsx';
import { lazyScreen } from '../shell/lazy-screen.tsx';
import { useText } from '../text/text.ts';
import { DoorForm } from './door-form.tsx';
import { useDoor } from './use-door.ts';

const Qr = lazyScreen(() => import('./qr.tsx'));

type Submit = (code: string) => Promise<void>;

/** The six digits of the authenticator; sends itself when full. */
export function TotpForm({ onCode }: { onCode: Submit }) {
  const t = useText('sign-in');
  return (
    <div class="si-part">
      <h1>{t('totp.title')}</h1>
      <TotpCode onCode={onCode} hint={t('totp.hint')} go={t('totp.go')} />
    </div>
  );
}

/** First time: the key as a picture for the camera and as text for typing, then the first code proves it. */
export function TotpSetup({ step, onCode }: { step: Extract<SignInStep, { step: 'totp-setup' }>; onCode: Submit }) {
  const t = useText('sign-in');
  const [copied, setCopied] = useState(false);
  const spaced = step.secret.replace(/(.{4})/g, '$1 ').trim();
  return (
    <div class="si-part">
      <h1>{t('setup.title')}</h1>
      <p class="meta">{t('setup.says')}</p>
      <Qr value={step.uri} label={t('setup.picture')} />
      <div class="fld">
        <span>{t('setup.manual')}</span>
        <code class="key">{spaced}</code>
        <Button icon="note" onClick={() => void navigator.clipboard.writeText(step.secret).then(() => setCopied(true))}>
          {t(copied ? 'setup.copied' : 'setup.copy')}
        </Button>
      </div>
      <TotpCode onCode={onCode} go={t('setup.go')} />
    </div>
  );
}

function TotpCode({ onCode, hint, go }: { onCode: Submit; hint?: string; go: string }) {
  const t = useText('sign-in');
  const door = useDoor();
  const [code, setCode] = useState('');
  const send = (digits: string) =>
    door.attempt(
      () => onCode(digits),
      () => setCode(''),
    );
  return (
    <DoorForm go={go} busy={door.busy} disabled={code.length < 6} onGo={() => void send(code)}>
      <PinTray
        focused
        label={t('totp.label')}
        hint={hint}
        value={code}
        onInput={setCode}
        onFull={(digits) => void send(digits)}
        error={door.error}
      />
    </DoorForm>
  );
}
