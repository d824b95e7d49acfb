import { invalid, Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { PreferencesInput, PreferencesView, PushDevice, PushSubscriptionInput } from './contract.ts';
import { usualPreferences } from './preferences.ts';
import { isPushService, pushServices } from './push-services.ts';
import {
  type Device,
  deleteDevice,
  type PreferencesOf,
  putDevice,
  readDevices,
  readPreferences,
  writePreferences,
} from './reach-store.ts';
import { deviceId } from './vapid.ts';

type Of = { readonly of: PreferencesOf; readonly language: string; readonly vapidPublicKey: string };

export async function preferencesView(tools: Tools, { of, language, vapidPublicKey }: Of): Promise<PreferencesView> {
  const [stored, devices] = await Promise.all([
    readPreferences(tools, of),
    of.kind === 'user' ? readDevices(tools, of.id) : [],
  ]);
  const { version = 0, ...preferences } = stored ?? { ...usualPreferences(language), version: 0 };
  return {
    ...preferences,
    devices: devices.map(({ subscriptionId, name, addedAt }) => ({ subscriptionId, name, addedAt })),
    vapidPublicKey,
    version,
  };
}

export async function changePreferences(
  tools: Tools,
  who: Of,
  input: PreferencesInput,
  version: number,
): Promise<PreferencesView> {
  if ((await writePreferences(tools, who.of, input, version)) === 'conflict')
    throw new Refusal('stale', 'stale', 'This was changed on another device since you read it.');
  return await preferencesView(tools, who);
}

/** Each alert goes to every device, so an account that is handed around must not gather them without end. */
const mostDevices = 10;

/**
 * A browser that takes push messages. The same endpoint again is the same device under its new name; beyond ten devices
 * the one that was added first makes room.
 */
export async function addDevice(tools: Tools, userId: string, input: PushSubscriptionInput): Promise<PushDevice> {
  const { endpoint, keys, name } = input;
  if (!isPushService(pushServices(tools.env), endpoint))
    throw invalid('/endpoint', 'This is no push service that we know.');
  const subscriptionId = deviceId(endpoint);
  const devices = await readDevices(tools, userId);
  const addedAt = devices.find((device) => device.subscriptionId === subscriptionId)?.addedAt ?? tools.now();
  await putDevice(tools, userId, { subscriptionId, name, endpoint, ...keys, addedAt });
  const others = devices.filter((device) => device.subscriptionId !== subscriptionId);
  const surplus = others.sort(byAge).slice(0, Math.max(0, others.length + 1 - mostDevices));
  await Promise.all(surplus.map((device) => deleteDevice(tools, userId, device.subscriptionId)));
  return { subscriptionId, name, addedAt };
}

const byAge = (a: Device, b: Device) => (a.addedAt < b.addedAt ? -1 : 1);

export async function removeDevice(tools: Tools, userId: string, subscriptionId: string): Promise<void> {
  await deleteDevice(tools, userId, subscriptionId);
}
