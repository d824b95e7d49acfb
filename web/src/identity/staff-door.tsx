import { useState } from 'preact/hooks';
import type { Grant, SignInStep } from '../../../functions/identity/contract.ts';
import { TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { enter, holdToken } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { auth } from './auth.ts';
import { ChoosePin } from './choose-pin.tsx';
import { DoorForm } from './door-form.tsx';
import { TotpForm, TotpSetup } from './totp.tsx';
import { isEmail, passwordLength } from './typed.ts';
import { useDoor } from './use-door.ts';

type Next = Extract<SignInStep, { step: 'totp' | 'totp-setup' | 'new-password' }>;

/** Staff: password, then the second key, then (once) a PIN for this device. */
export function StaffDoor() {
  const [password, setPassword] = useState('');
  const [next, setNext] = useState<Next>();
  const [grant, setGrant] = useState<Grant>();
  const through = async (step: SignInStep) => {
    if (step.step === 'done') await arrive(step);
    else if (step.step === 'totp' || step.step === 'totp-setup' || step.step === 'new-password') setNext(step);
  };
  const arrive = async (done: Grant) => {
    if (done.pinSet === false && password) {
      holdToken(done);
      setGrant(done);
    } else await enter(done);
  };
  if (grant) return <ChoosePin password={password} onDone={() => void enter(grant)} />;
  if (next?.step === 'totp')
    return <TotpForm onCode={async (code) => arrive(await auth.confirmTotp(next.state, code))} />;
  if (next?.step === 'totp-setup')
    return <TotpSetup step={next} onCode={async (code) => arrive(await auth.confirmTotpSetup(next.state, code))} />;
  if (next?.step === 'new-password')
    return (
      <NewPassword
        onPassword={async (chosen) => {
          setPassword(chosen);
          await through(await auth.newPassword(next.state, chosen));
        }}
      />
    );
  return <PasswordForm password={password} onPassword={setPassword} onStep={through} />;
}

function PasswordForm(props: {
  password: string;
  onPassword: (typed: string) => void;
  onStep: (step: SignInStep) => Promise<void>;
}) {
  const t = useText('sign-in');
  const door = useDoor();
  const [email, setEmail] = useState('');
  const { checks, error: wrong } = useChecks({
    username: !isEmail(email) && t('email.bad'),
    password: !props.password && t('password.missing'),
  });
  return (
    <DoorForm
      title={t('staff.title')}
      go={t('staff.go')}
      busy={door.busy}
      checks={checks}
      onGo={() => void door.attempt(async () => props.onStep(await auth.withPassword(email, props.password)))}
      others={
        <a class="btn text" href="/forgot">
          {t('staff.forgot')}
        </a>
      }
    >
      <TextField
        label={t('staff.email')}
        type="email"
        name="username"
        error={wrong('username')}
        autocomplete="username"
        autoCapitalize="none"
        spellcheck={false}
        value={email}
        onInput={setEmail}
      />
      <TextField
        label={t('staff.password')}
        type="password"
        name="password"
        autocomplete="current-password"
        value={props.password}
        onInput={props.onPassword}
        error={wrong('password') ?? door.error}
      />
    </DoorForm>
  );
}

function NewPassword({ onPassword }: { onPassword: (password: string) => Promise<void> }) {
  const t = useText('sign-in');
  const door = useDoor();
  const [password, setPassword] = useState('');
  const { checks, error: wrong } = useChecks({
    'new-password': password.length < passwordLength && t('password.short'),
  });
  return (
    <DoorForm
      title={t('new.title')}
      says={t('new.says')}
      go={t('card.go')}
      busy={door.busy}
      checks={checks}
      onGo={() => void door.attempt(() => onPassword(password))}
    >
      <TextField
        label={t('forgot.new')}
        hint={t('forgot.new.hint')}
        type="password"
        name="new-password"
        autocomplete="new-password"
        value={password}
        onInput={setPassword}
        error={wrong('new-password') ?? door.error}
      />
    </DoorForm>
  );
}
