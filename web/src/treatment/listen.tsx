import { useEffect, useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';
import { useLanguage, useText } from '../text/text.ts';

const voices = { en: 'en-IN', hi: 'hi-IN' } as const;

/** Reads the card aloud, for somebody who reads little. Absent where the phone has no voice. */
export function Listen({ says, compact }: { says: string; compact?: boolean }) {
  const t = useText('patient');
  const lang = useLanguage();
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => () => window.speechSynthesis?.cancel(), []);
  if (!('speechSynthesis' in window)) return null;
  const press = () => {
    speechSynthesis.cancel();
    if (speaking) {
      setSpeaking(false);
      return;
    }
    const voice = new SpeechSynthesisUtterance(says);
    voice.lang = voices[lang];
    voice.rate = 0.9;
    voice.onend = () => setSpeaking(false);
    voice.onerror = () => setSpeaking(false);
    setSpeaking(true);
    speechSynthesis.speak(voice);
  };
  return (
    <Button
      voice={compact ? 'text' : 'soft'}
      icon={speaking ? 'stop' : 'sound'}
      class={compact ? '' : 'listen'}
      aria-pressed={speaking}
      onClick={press}
    >
      {t(speaking ? 'listen.stop' : 'listen')}
    </Button>
  );
}
