import type { PushDevice } from '../../../functions/notifications/contract.ts';
import { ask, post } from '../shell/api.ts';

const kept = 'careconnect.push';

/** iOS has push only for an app on the home screen; some browsers have none. It is never the only way we tell. */
export const canPush = () => 'PushManager' in window && 'serviceWorker' in navigator && 'Notification' in window;

const bytes = (base64url: string) =>
  Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));

/** Only after the person turned it on: a question out of nowhere is answered with no. */
export async function subscribeHere(vapidPublicKey: string): Promise<'subscribed' | 'denied' | 'failed'> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  try {
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytes(vapidPublicKey),
    });
    const { endpoint, keys } = subscription.toJSON();
    const device = await post<PushDevice>('/api/notifications/push-subscriptions', {
      endpoint,
      keys: { p256dh: keys?.p256dh, auth: keys?.auth },
      name: navigator.userAgent.includes('Mobile') ? 'Phone' : 'Computer',
    });
    localStorage.setItem(kept, device.subscriptionId);
    return 'subscribed';
  } catch {
    return 'failed';
  }
}

export async function unsubscribeHere(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe();
  const id = localStorage.getItem(kept);
  localStorage.removeItem(kept);
  if (id) await ask(`/api/notifications/push-subscriptions/${id}`, { method: 'DELETE' }).catch(() => undefined);
}
