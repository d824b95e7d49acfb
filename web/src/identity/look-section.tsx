import type { Me } from '../../../functions/identity/contract.ts';
import { TrayChoice } from '../look/controls.tsx';
import { ask } from '../shell/api.ts';
import { useStore } from '../shell/store.ts';
import { chooseTheme, theme } from '../shell/theme.ts';
import type { Language } from '../text/areas.ts';
import { chooseLanguage, useLanguage, useText } from '../text/text.ts';

/** The language is told to the clinic too, so that messages come in it. Without a network the screen changes all the same. */
async function speak(next: Language): Promise<void> {
  await chooseLanguage(next);
  const me = await ask<Me>('/api/identity/me').catch(() => undefined);
  if (!me || me.body.language === next) return;
  await ask('/api/identity/me', {
    method: 'PATCH',
    body: { language: next },
    version: me.version ?? me.body.version,
  }).catch(() => undefined);
}

/** Language, light and dark. */
export function LookSection() {
  const t = useText('me');
  const s = useText('shell');
  return (
    <section class="stack" aria-label={s('settings')}>
      <div class="pick-one">
        <h2>{s('language')}</h2>
        <TrayChoice
          name="language"
          label={s('language')}
          value={useLanguage()}
          onChange={(next) => void speak(next)}
          choices={[
            { value: 'en', label: <span lang="en">English</span> },
            { value: 'hi', label: <span lang="hi">हिन्दी</span> },
          ]}
        />
      </div>
      <div class="pick-one">
        <h2>{t('theme')}</h2>
        <TrayChoice
          name="theme"
          label={t('theme')}
          value={useStore(theme)}
          onChange={chooseTheme}
          choices={[
            { value: 'device', label: t('theme.device') },
            { value: 'light', label: t('theme.light') },
            { value: 'dark', label: t('theme.dark') },
          ]}
        />
      </div>
    </section>
  );
}
