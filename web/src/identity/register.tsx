import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button, TrayChoice } from '../look/controls.tsx';
import { PhoneField, TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { usePage } from '../shell/page.ts';
import { enter } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { auth, type CodeSent } from './auth.ts';
import { CodeForm } from './code-form.tsx';
import { DoorForm } from './door-form.tsx';
import { country, phoneOf } from './phone.ts';
import { isCard, isEmail } from './typed.ts';
import { useDoor } from './use-door.ts';

/** A patient makes their own account: the card, a contact the clinic knows (or the code it gave), then the code we sent. */
export default function Register() {
  const t = useText('sign-in');
  const { query, route } = useLocation();
  const door = useDoor();
  const [card, setCard] = useState(query.card ?? '');
  const [way, setWay] = useState<'phone' | 'email'>('phone');
  const [contact, setContact] = useState('');
  const [activation, setActivation] = useState('');
  const [password, setPassword] = useState('');
  const [sent, setSent] = useState<CodeSent>();
  usePage(t('register.title'));

  const phone = way === 'phone' ? phoneOf(contact) : undefined;
  const { checks, error: wrong } = useChecks({
    card: !isCard(card) && t('card.bad'),
    contact: way === 'phone' ? !phone && t('phone.bad') : !isEmail(contact) && t('email.bad'),
  });
  const send = () =>
    door.attempt(async () => {
      const step = await auth.register({
        card: card.trim().toUpperCase(),
        ...(phone ? { phone } : { email: contact.trim() }),
        ...(activation.trim() && { activation: activation.trim() }),
      });
      if (step.step === 'code-sent') setSent(step);
    });

  if (sent)
    return (
      <CodeForm
        to={contact}
        go={t('register.go')}
        other={t('code.other')}
        onOther={() => setSent(undefined)}
        onAgain={send}
        onCode={async (code) => {
          await enter(await auth.confirmRegistration(sent.state, code, password));
          route('/', true);
        }}
      >
        <TextField
          label={t('register.password')}
          hint={t('register.password.hint')}
          type="password"
          autocomplete="new-password"
          value={password}
          onInput={setPassword}
        />
      </CodeForm>
    );
  return (
    <DoorForm
      title={t('register.title')}
      says={t('register.says')}
      go={t('phone.send')}
      busy={door.busy}
      checks={checks}
      onGo={() => void send()}
      others={
        <Button voice="text" onClick={() => route('/')}>
          {t('have-account')}
        </Button>
      }
    >
      <TextField
        name="card"
        error={wrong('card')}
        label={t('card.number')}
        hint={t('card.number.hint')}
        autoCapitalize="characters"
        spellcheck={false}
        value={card}
        onInput={setCard}
      />
      <TrayChoice
        name="way"
        label={t('register.way')}
        value={way}
        onChange={setWay}
        choices={[
          { value: 'phone', label: t('register.phone') },
          { value: 'email', label: t('register.email') },
        ]}
      />
      {way === 'phone' ? (
        <PhoneField
          label={t('phone.label')}
          country={country}
          value={contact}
          onInput={setContact}
          name="contact"
          error={wrong('contact') ?? door.error}
        />
      ) : (
        <TextField
          label={t('staff.email')}
          type="email"
          autocomplete="email"
          value={contact}
          onInput={setContact}
          name="contact"
          error={wrong('contact') ?? door.error}
        />
      )}
      <TextField
        label={t('card.code')}
        hint={t('card.code.hint')}
        autoCapitalize="characters"
        spellcheck={false}
        value={activation}
        onInput={setActivation}
      />
    </DoorForm>
  );
}
