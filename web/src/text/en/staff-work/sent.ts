/** Words of staff: what a patient and who helps them were sent. */
export const words = {
  'sent.title': 'Messages sent',
  'sent.says':
    'Reminders of two weeks and messages of a year. Sent means that it left; nobody knows whether it was read.',
  'sent.none': 'Nothing was sent yet',
  'sent.none-says': 'A reminder stands here as soon as it has left.',
  'sent.more': 'Earlier messages',
  'sent.dose-reminder': 'Reminder',
  'sent.dose-reminder-again': 'Second reminder',
  'sent.supporter-check': 'Please ask today',
  'sent.clinic-will-call': 'We will call you',
  'sent.other': 'Message',
  'sent.to-supporter': 'to the supporter',
  'sent.tries_one': '{{count}} try',
  'sent.tries_other': '{{count}} tries',
  'sent.why.refused': 'The number or address refused it. Check it with the patient.',
  'sent.why.push-keys': 'Sending notifications to phones is not set up here.',
  'sent.why.push-service': 'The notification service of the phone did not take it.',
  'sent.why.sender': 'The service that sends for us did not take it.',
  'sent.why.nowhere': 'There was no phone, e-mail or app to send it to.',
  'sent.why.device': 'Their phone no longer takes notifications of the app.',
};
