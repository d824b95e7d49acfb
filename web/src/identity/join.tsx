import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Grant } from '../../../functions/identity/contract.ts';
import { LinkButton } from '../look/controls.tsx';
import { TextField } from '../look/fields.tsx';
import { Empty } from '../look/states.tsx';
import { useChecks } from '../look/use-checks.ts';
import { post } from '../shell/api.ts';
import { Crash, Opening } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { Problem } from '../shell/problem.ts';
import { enter } from '../shell/session.ts';
import { language, useText } from '../text/text.ts';
import { DoorForm } from './door-form.tsx';
import { passwordLength } from './typed.ts';
import { useDoor } from './use-door.ts';

interface Invitation {
  forWhom: string;
  sentTo: 'phone' | 'email';
  expiresAt: string;
}

/** A supporter's link. Its secret stands behind the #, so that it reaches no log on its way. */
export default function Join() {
  const t = useText('sign-in');
  const { route } = useLocation();
  const door = useDoor();
  const [token] = useState(() => location.hash.slice(1));
  const [invitation, setInvitation] = useState<Invitation>();
  const [failed, setFailed] = useState<unknown>();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const needsPassword = invitation?.sentTo === 'email' || password !== '';
  const { checks, error: wrong } = useChecks({
    name: !name.trim() && t('name.missing'),
    password: needsPassword && password.length < passwordLength && t('password.short'),
  });
  usePage(t('join.title'));
  useEffect(() => {
    post<Invitation>('/api/auth/invitation', { token }, { cookieRoute: true }).then(setInvitation, setFailed);
  }, [token]);
  // 400: the link came without its end, as when only a part of it was copied; 404: it was used, or its time is over.
  if (failed instanceof Problem && (failed.status === 400 || failed.status === 404)) return <Gone />;
  if (failed) return <Crash error={failed} />;
  if (!invitation) return <Opening />;
  return (
    <DoorForm
      title={t('join.title')}
      says={t('join.says', { name: invitation.forWhom })}
      go={t('join.go')}
      busy={door.busy}
      checks={checks}
      onGo={() =>
        void door.attempt(async () => {
          const body = { token, name: name.trim(), ...(password && { password }), language: language.get() };
          await enter(await post<Grant>('/api/auth/join', body, { cookieRoute: true }));
          route('/', true);
        })
      }
    >
      <TextField
        label={t('join.name')}
        autocomplete="name"
        name="name"
        value={name}
        onInput={setName}
        error={wrong('name') ?? door.error}
      />
      <TextField
        label={t('register.password')}
        hint={t(invitation.sentTo === 'email' ? 'forgot.new.hint' : 'register.password.hint')}
        name="password"
        error={wrong('password')}
        type="password"
        autocomplete="new-password"
        value={password}
        onInput={setPassword}
      />
    </DoorForm>
  );
}

/** A dead link is nobody's fault and no fault of ours: what happened, and who has another. */
function Gone() {
  const t = useText('sign-in');
  return (
    <Empty title={t('join.gone')} says={t('join.gone.says')}>
      <LinkButton href="/">{t('have-account')}</LinkButton>
    </Empty>
  );
}
