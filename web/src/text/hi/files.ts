import type { words as english } from '../en/files.ts';

export const words: Record<keyof typeof english, string> = {
  export: 'फ़ाइल बनाएँ',
  begins: 'फ़ाइल बन रही है',
  going: '{{of}} में से {{done}}',
  saved_one: '{{count}} मरीज़, फ़ाइल {{name}} में',
  saved_other: '{{count}} मरीज़, फ़ाइल {{name}} में',

  code: 'मेडिकल आईडी',
  name: 'नाम',
  plan: 'योजना',
  'plan-state': 'योजना की स्थिति',
  'plan-state.active': 'चल रही है',
  'plan-state.on-hold': 'रोकी गई',
  'plan-state.completed': 'पूरी हुई',
  'plan-state.stopped': 'बंद',
  until: '28 दिन, इस तारीख तक',
  days: 'दवा के दिन',
  within: 'इनमें से: {{word}}',
  taken: 'ली',
  'not-known': 'पता नहीं',
  alert: 'खुली चेतावनी',
  'band.red': 'लाल',
  'band.yellow': 'पीला',
  'band.notice': 'देखें',
  'runs-out': 'गोलियाँ कब तक',
  box: 'डिब्बा',
};
