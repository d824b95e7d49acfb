import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../look/controls.tsx';
import { TextField } from '../look/fields.tsx';
import { useTell } from '../look/toast.tsx';
import { usePage } from '../shell/page.ts';
import { useText } from '../text/text.ts';
import { auth, type CodeSent } from './auth.ts';
import { CodeForm } from './code-form.tsx';
import { DoorForm } from './door-form.tsx';
import { useDoor } from './use-door.ts';

/** E-mail or card number, the code we sent, a new password. Unknown names are answered like known ones. */
export default function Forgot() {
  const t = useText('sign-in');
  const { route } = useLocation();
  const { toast } = useTell();
  const door = useDoor();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [sent, setSent] = useState<CodeSent>();
  usePage(t('forgot.title'));
  const send = () =>
    door.attempt(async () => {
      const step = await auth.forgot(name);
      if (step.step === 'code-sent') setSent(step);
    });
  if (sent)
    return (
      <CodeForm
        to={name}
        go={t('forgot.save')}
        other={t('have-account')}
        onOther={() => route('/')}
        onAgain={send}
        onCode={async (code) => {
          await auth.confirmForgot(sent.state, code, password);
          toast(t('forgot.done'));
          route('/');
        }}
      >
        <TextField
          label={t('forgot.new')}
          hint={t('forgot.new.hint')}
          type="password"
          autocomplete="new-password"
          value={password}
          onInput={setPassword}
        />
      </CodeForm>
    );
  return (
    <DoorForm
      title={t('forgot.title')}
      says={t('forgot.says')}
      go={t('forgot.send')}
      busy={door.busy}
      onGo={() => void send()}
      others={
        <Button voice="text" onClick={() => route('/')}>
          {t('have-account')}
        </Button>
      }
    >
      <TextField
        label={t('forgot.name')}
        autocomplete="username"
        autoCapitalize="none"
        spellcheck={false}
        value={name}
        onInput={setName}
        error={door.error}
      />
    </DoorForm>
  );
}
