import type { words as english } from '../en/staff.ts';

export const words: Record<keyof typeof english, string> = {
  live: 'लाइव',
  'live.off': 'लाइव नहीं',
  me: '{{name}}, मेरा खाता',
  'me.says': 'मेरा खाता, सूचना, मेज़ छोड़ना',
  find: 'मरीज़ खोजें',
  more: 'और',
  worklist: 'काम की सूची',
  patients: 'मरीज़',
  enrol: 'नाम लिखें',
  'clinic-day': 'क्लिनिक का दिन',
  boxes: 'डिब्बे',
  keys: 'सभी कुंजियाँ',
  'keys.title': 'इस पन्ने की कुंजियाँ',
  teams: 'टीमें',
  staff: 'स्टाफ़',
  quarantine: 'रोकी हुई खबर',
  programme: 'कार्यक्रम',
  'my-team': 'मेरी टीम',
  'my-team.says': 'अभी कौन देख रहा है, फ़ोन नंबर, जगह पर काम',
  organisation: 'संगठन',
};
