import { createStore } from './store.ts';

/** What the browser offers once it thinks the app may be installed. */
interface InstallOffer extends Event {
  prompt(): Promise<void>;
}

export const installOffer = createStore<InstallOffer | undefined>(undefined);
/** A newer version waits; calling it takes it over and draws the app again. */
export const update = createStore<(() => void) | undefined>(undefined);

const isOffer = (event: Event): event is InstallOffer => 'prompt' in event;

export async function startServiceWorker(): Promise<void> {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    if (isOffer(event)) installOffer.set(event);
  });
  addEventListener('appinstalled', () => installOffer.set(undefined));
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  const registration = await navigator.serviceWorker.register('/sw.js');
  const offer = () => {
    const { waiting } = registration;
    if (!waiting || !navigator.serviceWorker.controller) return;
    update.set(() => waiting.postMessage('take-over'));
  };
  offer();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
  void keepWhatWasLoaded();
  let reloaded = false;
  const hadOne = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (reloaded || !hadOne) return;
    reloaded = true;
    location.reload();
  });
  setInterval(() => void registration.update().catch(() => undefined), 3_600_000);
}

/** The first visit loads its chunks before the worker is there: hand them over, or the next visit needs a network. */
async function keepWhatWasLoaded(): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  active?.postMessage({ keep: loaded.filter((name) => name.startsWith(`${location.origin}/assets/`)) });
}
