import { MePage } from '../identity/me.tsx';
import { useText } from '../text/text.ts';
import { PreferencesForm } from './preferences-form.tsx';

/** By which ways I am told, and when I want quiet. */
export default function Preferences() {
  const t = useText('me');
  return (
    <MePage title={t('notifications')}>
      <PreferencesForm />
    </MePage>
  );
}
