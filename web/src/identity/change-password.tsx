import { useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { ErrorLine, TextField } from '../look/fields.tsx';
import { Form } from '../look/form.tsx';
import { useTell } from '../look/toast.tsx';
import { useChecks } from '../look/use-checks.ts';
import { ask } from '../shell/api.ts';
import { sayProblem } from '../shell/edges.tsx';
import { isProblem } from '../shell/problem.ts';
import { useText } from '../text/text.ts';

/** The old password is asked again, so that a screen left open does not give away the account. */
export function ChangePassword() {
  const t = useText('me');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button wide icon="lock" onClick={() => setOpen(true)}>
        {t('password.change')}
      </Button>
      {open && <PasswordDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function PasswordDialog({ onClose }: { onClose: () => void }) {
  const t = useText('me');
  const s = useText('shell');
  const { toast } = useTell();
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [refused, setRefused] = useState<{ old?: string; all?: string }>();
  const [busy, setBusy] = useState(false);
  const { checks, error: wrong } = useChecks({
    old: !password && t('password.old-missing'),
    new: newPassword.length < 12 && t('password.short'),
  });
  const save = async () => {
    setBusy(true);
    setRefused(undefined);
    try {
      await ask('/api/identity/me/password', { method: 'PUT', body: { password, newPassword } });
      toast(t('password.changed'));
      onClose();
    } catch (caught) {
      setRefused(
        isProblem(caught, 'wrong-credentials') ? { old: t('password.wrong') } : { all: sayProblem(s, caught) },
      );
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('password.change')} closeWord={s('close')} onClose={onClose}>
      <Form class="stack" checks={checks} busy={busy} onGo={save}>
        <TextField
          label={t('password.old')}
          type="password"
          autocomplete="current-password"
          value={password}
          onInput={setPassword}
          error={wrong('old') ?? refused?.old}
        />
        <TextField
          label={t('password.new')}
          hint={t('password.hint')}
          type="password"
          autocomplete="new-password"
          name="new"
          value={newPassword}
          onInput={setNewPassword}
          error={wrong('new')}
        />
        <ErrorLine says={refused?.all} />
        <Button voice="go" wide type="submit" busy={busy}>
          {s('save')}
        </Button>
      </Form>
    </Dialog>
  );
}
