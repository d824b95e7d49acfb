/** Where the browsers that can take push messages have them wait: Chrome and Edge, Firefox, Edge on Windows, Safari. */
export const browserPushServices = [
  'https://fcm.googleapis.com',
  'https://*.push.services.mozilla.com',
  'https://*.notify.windows.com',
  'https://*.push.apple.com',
];
