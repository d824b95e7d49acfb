import { useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { TextField } from '../look/fields.tsx';
import { useTell } from '../look/toast.tsx';
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
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await ask('/api/identity/me/password', { method: 'PUT', body: { password, newPassword } });
      toast(t('password.changed'));
      onClose();
    } catch (caught) {
      setError(isProblem(caught, 'wrong-credentials') ? t('password.wrong') : sayProblem(s, caught));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('password.change')} closeWord={s('close')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={t('password.old')}
          type="password"
          autocomplete="current-password"
          value={password}
          onInput={setPassword}
          error={error}
        />
        <TextField
          label={t('password.new')}
          hint={t('password.hint')}
          type="password"
          autocomplete="new-password"
          value={newPassword}
          onInput={setNewPassword}
        />
        <Button voice="go" wide type="submit" busy={busy} disabled={!password || newPassword.length < 12}>
          {s('save')}
        </Button>
      </form>
    </Dialog>
  );
}
