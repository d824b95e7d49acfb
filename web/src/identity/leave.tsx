import { useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { useTell } from '../look/toast.tsx';
import { sayProblem } from '../shell/edges.tsx';
import { outbox } from '../shell/outbox.ts';
import { signOut } from '../shell/session.ts';
import { useStore } from '../shell/store.ts';
import { useText } from '../text/text.ts';

/** Leaving wipes what this device keeps. If something has not been sent yet, it asks first. */
export function LeaveSection() {
  const t = useText('me');
  const s = useText('shell');
  const kept = useStore(outbox).length;
  const [asking, setAsking] = useState(false);
  const leave = useLeave();
  return (
    <>
      <Button wide onClick={() => (kept > 0 ? setAsking(true) : void leave(false))}>
        {t('sign-out')}
      </Button>
      {asking && (
        <Dialog title={t('sign-out')} closeWord={s('close')} onClose={() => setAsking(false)}>
          <p>{t('sign-out.kept', { count: kept })}</p>
          <Button voice="go" wide onClick={() => setAsking(false)}>
            {t('sign-out.stay')}
          </Button>
          <Button wide onClick={() => void leave(false)}>
            {t('sign-out.anyway')}
          </Button>
        </Dialog>
      )}
    </>
  );
}

export function useLeave() {
  const s = useText('shell');
  const { toast } = useTell();
  return async (everywhere: boolean) => {
    try {
      await signOut(everywhere);
    } catch (error) {
      toast(sayProblem(s, error));
    }
  };
}
