// The app without a network: its own files and nothing else. Answers of the API are never kept here; what a person may see
// offline lies encrypted in the app's own store.
const shell = `careconnect-${__VERSION__}`;
const precache = __PRECACHE__;
const ours = (path) => !/^\/(api|ws|local|uploads)(\/|$)/.test(path);

addEventListener('install', (event) => {
  event.waitUntil(caches.open(shell).then((cache) => cache.addAll(precache)));
});

addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== shell).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

addEventListener('message', (event) => {
  if (event.data === 'take-over') skipWaiting();
  if (Array.isArray(event.data?.keep))
    event.waitUntil(Promise.allSettled(event.data.keep.map((address) => file(new Request(address)))));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || !ours(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/') || precache.includes(url.pathname)) event.respondWith(file(request));
});

async function page(request) {
  return (await caches.match('/', { cacheName: shell })) ?? fetch(request);
}

async function file(request) {
  const cache = await caches.open(shell);
  const known = await cache.match(request, { ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

addEventListener('push', (event) => {
  const { title = 'CareConnect', body = '', path = '/', tag } = event.data?.json() ?? {};
  event.waitUntil(
    registration.showNotification(title, { body, tag, data: { path }, icon: '/icon-192.png', badge: '/badge.png' }),
  );
});

addEventListener('notificationclick', (event) => {
  event.notification.close();
  const address = new URL(event.notification.data?.path ?? '/', location.origin).href;
  event.waitUntil(
    clients.matchAll({ type: 'window' }).then(async (windows) => {
      const open = windows.find((client) => new URL(client.url).origin === location.origin);
      if (!open) return clients.openWindow(address);
      await open.focus();
      return open.navigate(address);
    }),
  );
});
