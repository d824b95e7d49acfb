import type { words as english } from '../../en/staff-work/sent.ts';

export const words: Record<keyof typeof english, string> = {
  'sent.title': 'भेजे गए संदेश',
  'sent.says': 'दो हफ़्ते की याद और साल भर के संदेश। भेजा गया यानी यहाँ से निकला; पढ़ा गया या नहीं, यह पता नहीं।',
  'sent.none': 'अभी तक कुछ नहीं भेजा गया',
  'sent.none-says': 'याद भेजते ही यहाँ दिखेगी।',
  'sent.more': 'पहले के संदेश',
  'sent.dose-reminder': 'याद',
  'sent.dose-reminder-again': 'दूसरी याद',
  'sent.supporter-check': 'आज हाल पूछें',
  'sent.clinic-will-call': 'हम फ़ोन करेंगे',
  'sent.other': 'संदेश',
  'sent.to-supporter': 'सहायक को',
  'sent.tries_one': '{{count}} कोशिश',
  'sent.tries_other': '{{count}} कोशिशें',
  'sent.why.refused': 'नंबर या पते ने इसे नहीं लिया। मरीज़ से जाँचिए।',
  'sent.why.push-keys': 'यहाँ फ़ोन पर सूचना भेजना चालू नहीं किया गया है।',
  'sent.why.push-service': 'फ़ोन की सूचना सेवा ने इसे नहीं लिया।',
  'sent.why.sender': 'हमारे लिए भेजने वाली सेवा ने इसे नहीं लिया।',
  'sent.why.nowhere': 'भेजने के लिए न फ़ोन था, न ई-मेल, न ऐप।',
  'sent.why.device': 'उनका फ़ोन अब ऐप की सूचना नहीं लेता।',
};
