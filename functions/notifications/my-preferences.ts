import { invalid, Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { PreferencesInput, PreferencesView, PushDevice, PushSubscriptionInput } from './contract.ts';
import { usualPreferences } from './preferences.ts';
import { isPushService, pushServices } from './push-services.ts';
import {
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

/** A browser that takes push messages. The same endpoint again is the same device under its new name. */
export async function addDevice(tools: Tools, userId: string, input: PushSubscriptionInput): Promise<PushDevice> {
  const { endpoint, keys, name } = input;
  if (!isPushService(pushServices(tools.env), endpoint))
    throw invalid('/endpoint', 'This is no push service that we know.');
  const subscriptionId = deviceId(endpoint);
  const known = (await readDevices(tools, userId)).find((device) => device.subscriptionId === subscriptionId);
  const addedAt = known?.addedAt ?? tools.now();
  await putDevice(tools, userId, { subscriptionId, name, endpoint, ...keys, addedAt });
  return { subscriptionId, name, addedAt };
}

export async function removeDevice(tools: Tools, userId: string, subscriptionId: string): Promise<void> {
  await deleteDevice(tools, userId, subscriptionId);
}
