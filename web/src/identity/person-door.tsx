import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../look/controls.tsx';
import { PhoneField, TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { enter } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { auth, type CodeSent } from './auth.ts';
import { CodeForm } from './code-form.tsx';
import { DoorForm } from './door-form.tsx';
import { country, phoneAloud, phoneOf } from './phone.ts';
import { isCard, isEmail } from './typed.ts';
import { useDoor } from './use-door.ts';

/** A patient or somebody of the family: a number and a code, or the card from the clinic. */
export function PersonDoor() {
  const [way, setWay] = useState<'phone' | 'card'>('phone');
  return way === 'phone' ? <ByPhone onCard={() => setWay('card')} /> : <ByCard onPhone={() => setWay('phone')} />;
}

function ByPhone({ onCard }: { onCard: () => void }) {
  const t = useText('sign-in');
  const door = useDoor();
  const [typed, setTyped] = useState('');
  const [sent, setSent] = useState<CodeSent>();
  const phone = phoneOf(typed);
  const { checks, error: wrong } = useChecks({ phone: !phone && t('phone.bad') });
  const send = () =>
    door.attempt(async () => {
      if (!phone) return;
      const step = await auth.sendCode(phone);
      if (step.step === 'code-sent') setSent(step);
    });
  if (sent)
    return (
      <CodeForm
        to={phoneAloud(phone ?? typed)}
        other={t('code.other')}
        onOther={() => setSent(undefined)}
        onAgain={send}
        onCode={async (code) => {
          await enter(await auth.confirmCode(sent.state, code));
        }}
      />
    );
  return (
    <DoorForm
      title={t('phone.title')}
      go={t('phone.send')}
      busy={door.busy}
      checks={checks}
      onGo={() => void send()}
      others={
        <Button wide onClick={onCard}>
          {t('card')}
        </Button>
      }
    >
      <PhoneField
        label={t('phone.label')}
        quietLabel
        country={country}
        name="phone"
        value={typed}
        onInput={setTyped}
        hint={t('phone.hint')}
        error={wrong('phone') ?? door.error}
      />
    </DoorForm>
  );
}

function ByCard({ onPhone }: { onPhone: () => void }) {
  const t = useText('sign-in');
  const { route } = useLocation();
  const [card, setCard] = useState('');
  const byEmail = card.includes('@');
  const door = useDoor(byEmail ? 'staff.wrong' : 'card.wrong');
  const [password, setPassword] = useState('');
  const { checks, error: wrong } = useChecks({
    username: byEmail ? !isEmail(card) && t('email.bad') : !isCard(card) && t('card.bad'),
    password: !password && t('password.missing'),
  });
  const go = () =>
    door.attempt(async () => {
      const step = await auth.withPassword(byEmail ? card : card.toUpperCase(), password);
      if (step.step === 'done') await enter(step);
    });
  return (
    <DoorForm
      title={t('card.title')}
      go={t('code.go')}
      busy={door.busy}
      checks={checks}
      onGo={() => void go()}
      others={
        <>
          <Button wide onClick={() => route(`/register${card ? `?card=${encodeURIComponent(card)}` : ''}`)}>
            {t('card.first')}
          </Button>
          <Button voice="text" onClick={onPhone}>
            {t('card.phone')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('card.name')}
        hint={t('card.number.hint')}
        name="username"
        error={wrong('username')}
        autocomplete="username"
        autoCapitalize="characters"
        spellcheck={false}
        value={card}
        onInput={setCard}
      />
      <TextField
        label={t('staff.password')}
        type="password"
        name="password"
        autocomplete="current-password"
        value={password}
        onInput={setPassword}
        error={wrong('password') ?? door.error}
      />
    </DoorForm>
  );
}
