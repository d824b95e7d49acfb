import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { LinkButton } from '../look/controls.tsx';
import { Empty } from '../look/states.tsx';
import { useText } from '../text/text.ts';
import { usePage } from './page.ts';

/** An address that leads nowhere for this person. After signing in the sign-in addresses lead home. */
export function NotHere() {
  const t = useText('shell');
  const { path, route } = useLocation();
  const left = /^\/(sign-in|register|forgot)/.test(path);
  usePage(t('error.missing.title'));
  useEffect(() => {
    if (left) route('/', true);
  }, [left, route]);
  if (left) return null;
  return (
    <main id="main" tabIndex={-1}>
      <Empty title={t('error.missing.title')} says={t('error.missing.says')}>
        <LinkButton href="/">{t('error.home')}</LinkButton>
      </Empty>
    </main>
  );
}
