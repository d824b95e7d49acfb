import { Button } from '../look/controls.tsx';
import { chooseLanguage, useLanguage, useText } from '../text/text.ts';

/** Always one tap away on a first screen: the other language, in its own script. */
export function LanguageSwitch() {
  const t = useText('shell');
  const now = useLanguage();
  const other = now === 'en' ? 'hi' : 'en';
  return (
    <Button voice="text" lang={other} onClick={() => void chooseLanguage(other)}>
      {t('language.other')}
    </Button>
  );
}
