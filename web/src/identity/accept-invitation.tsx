import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button, LinkButton } from '../look/controls.tsx';
import { Empty } from '../look/states.tsx';
import { post } from '../shell/api.ts';
import { sayProblem } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { askWhoIAm } from '../shell/session.ts';
import { useText } from '../text/text.ts';

/** A supporter's link opened by somebody who is signed in already: the person is added to their own account. */
export default function AcceptInvitation() {
  const t = useText('me');
  const s = useText('shell');
  const { route } = useLocation();
  const [token] = useState(() => location.hash.slice(1));
  const [error, setError] = useState<string>();
  usePage(t('invited'));
  const accept = async () => {
    try {
      await post('/api/identity/me/invitations', { token });
      await askWhoIAm();
      route('/', true);
    } catch (caught) {
      setError(sayProblem(s, caught));
    }
  };
  return (
    <main id="main" tabIndex={-1}>
      <Empty title={t('invited')} says={error ?? t('invited.says')}>
        <Button voice="go" onClick={() => void accept()}>
          {t('invited.go')}
        </Button>
        <LinkButton href="/">{s('cancel')}</LinkButton>
      </Empty>
    </main>
  );
}
