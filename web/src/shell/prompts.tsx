import { Button } from '../look/controls.tsx';
import { Strip } from '../look/frame.tsx';
import { useText } from '../text/text.ts';
import { installOffer, update } from './install.ts';
import { useStore } from './store.ts';

/** A newer version waits. It is taken over only when the person says so: never in the middle of a sentence. */
export function UpdatePrompt() {
  const t = useText('shell');
  const take = useStore(update);
  if (!take) return null;
  return (
    <Strip icon="refresh">
      {t('update.says')}{' '}
      <Button voice="text" onClick={take}>
        {t('update.take')}
      </Button>
    </Strip>
  );
}

/** Offered after the app has been of use, never on arrival. */
export function InstallPrompt() {
  const t = useText('shell');
  const offer = useStore(installOffer);
  if (!offer) return null;
  return (
    <section class="tell">
      <p>{t('install.says')}</p>
      <Button voice="soft" onClick={() => void offer.prompt().then(() => installOffer.set(undefined))}>
        {t('install.take')}
      </Button>
    </section>
  );
}
