import { useState } from 'preact/hooks';
import type { ConsentInput, ConsentView, Purpose } from '../../../functions/identity/contract.ts';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { useTell } from '../look/toast.tsx';
import { ask } from '../shell/api.ts';
import { sayProblem } from '../shell/edges.tsx';
import { type QueryKey, queries } from '../shell/queries.ts';
import { useText } from '../text/text.ts';
import { type PurposeNow, purposesNow } from './consent-text.ts';

/** What holds now, one line a purpose, each to be taken back; and given again where `agree` says how. */
export function Purposes(props: {
  consents: readonly ConsentView[];
  root: string;
  readKey: QueryKey;
  agree?: (purpose: Purpose) => ConsentInput;
}) {
  const t = useText('me');
  const s = useText('shell');
  const { toast } = useTell();
  const [asking, setAsking] = useState<PurposeNow>();
  const say = async (path: string, body: unknown, done: string) => {
    setAsking(undefined);
    try {
      await ask(path, { method: 'POST', body });
      toast(done);
    } catch (error) {
      toast(sayProblem(s, error));
    } finally {
      await queries.invalidateQueries({ queryKey: props.readKey });
    }
  };
  const lines = purposesNow(props.consents);
  return (
    <>
      <ul class="consents">
        {lines.map((line) => (
          <li key={line.purpose} class="consent-line">
            <span class="grow">
              {t(`consent.${line.purpose}`)}
              <small class="meta">{t(line.agreed ? 'consent.yes' : 'consent.no')}</small>
            </span>
            {line.agreed && line.consentId !== undefined && (
              <Button
                aria-label={`${t('consent.take')}: ${t(`consent.${line.purpose}`)}`}
                onClick={() => setAsking(line)}
              >
                {t('consent.take')}
              </Button>
            )}
            {!line.agreed && props.agree && (
              <Button
                aria-label={`${t('consent.agree')}: ${t(`consent.${line.purpose}`)}`}
                onClick={() => void say(props.root, props.agree?.(line.purpose), t('consent.agreed'))}
              >
                {t('consent.agree')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asking && (
        <Dialog title={t(`consent.take.${asking.purpose}`)} closeWord={s('close')} onClose={() => setAsking(undefined)}>
          <p>{t(`consent.stops.${asking.purpose}`)}</p>
          <Button
            voice="go"
            wide
            onClick={() =>
              void say(
                `${props.root}/${asking.consentId}/withdraw`,
                { purposes: [asking.purpose] },
                t('consent.taken-back'),
              )
            }
          >
            {t('consent.take')}
          </Button>
          <Button wide onClick={() => setAsking(undefined)}>
            {s('cancel')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
