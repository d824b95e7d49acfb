import { useEffect, useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';
import type { Language } from '../text/areas.ts';
import { useLanguage, useTextIn } from '../text/text.ts';

const voices = { en: 'en-IN', hi: 'hi-IN' } as const;

/** Reads the card aloud, for somebody who reads little. Absent where the phone has no voice. */
export function Listen({ says, compact, lang: given }: { says: string; compact?: boolean; lang?: Language }) {
  const screens = useLanguage();
  const lang = given ?? screens;
  const t = useTextIn(lang, 'patient');
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => () => window.speechSynthesis?.cancel(), [lang]);
  useEffect(() => setSpeaking(false), [lang]);
  if (!t || !('speechSynthesis' in window)) return null;
  const press = () => {
    speechSynthesis.cancel();
    if (speaking) {
      setSpeaking(false);
      return;
    }
    setSpeaking(true);
    // Sentence by sentence: Chrome's voices from the network fall silent after about 15 seconds of one utterance.
    const sentences = says.replace(/([.।!?])\s+/g, '$1\n').split('\n');
    for (const [at, sentence] of sentences.entries()) {
      const voice = new SpeechSynthesisUtterance(sentence);
      voice.lang = voices[lang];
      voice.rate = 0.9;
      if (at === sentences.length - 1) voice.onend = () => setSpeaking(false);
      voice.onerror = () => setSpeaking(false);
      speechSynthesis.speak(voice);
    }
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
