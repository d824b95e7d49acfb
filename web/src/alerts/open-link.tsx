import { useState } from 'preact/hooks';
import type { OpenLinkAnswer } from '../../../functions/alerts/contract.ts';
import '../look/sign-in.css';
import { Button, LinkButton } from '../look/controls.tsx';
import { Mark } from '../look/icon.tsx';
import { post } from '../shell/api.ts';
import { sayProblem } from '../shell/edges.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { usePage } from '../shell/page.ts';
import { useText } from '../text/text.ts';

/**
 * Behind the link of a message: "I'm on it", without signing in and without a word about the patient. Only the press acts,
 * so a mail scanner that opens the link changes nothing.
 */
export default function OpenLink() {
  const t = useText('sign-in');
  const s = useText('shell');
  // After the #: what stands there is never sent, so no log of ours or of a proxy keeps it.
  const token = location.hash.slice(1);
  const [answer, setAnswer] = useState<OpenLinkAnswer['outcome']>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  usePage(t('open.title'));
  const press = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const said = await post<OpenLinkAnswer>('/api/open/alerts', { token }, { open: true });
      setAnswer(said.outcome);
    } catch (caught) {
      setError(sayProblem(s, caught));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main id="main" class="si-form open-link" tabIndex={-1}>
      <div class="si-in">
        <div class="si-head">
          <Mark />
          <LanguageSwitch />
        </div>
        <div class="si-part" aria-live="polite">
          <h1>{t(answer ? `open.${answer}` : 'open.title')}</h1>
          <p class="meta">{t(answer ? 'open.next' : 'open.says')}</p>
          {error && (
            <p class="fld-err" role="alert">
              {error}
            </p>
          )}
          {!answer && (
            <Button voice="go" wide class="take" busy={busy} onClick={() => void press()}>
              {t('open.go')}
            </Button>
          )}
          <LinkButton wide href="/">
            {t('open.app')}
          </LinkButton>
        </div>
      </div>
    </main>
  );
}
