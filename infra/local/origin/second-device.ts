/**
 * A second browser profile for the demonstration: the same cloud at a port of its own. Browsers share cookies between the
 * ports of a host, so those of the second device carry a mark on the wire that nobody else sees.
 */
const MARK = 'second-device-';

export interface Device {
  readonly origin: string;
  readonly second: boolean;
}

/** What a device's request looks like to the app: its own cookies, and the one origin. */
export function requestHeaders(
  headers: Readonly<Record<string, string>>,
  device: Device,
  appOrigin: string,
): Record<string, string> {
  const { cookie, ...rest } = headers;
  const own = (cookie ?? '')
    .split(/;\s*/)
    .filter((pair) => pair !== '' && isMarked(pair) === device.second)
    .map(unmark);
  const result: Record<string, string> = { ...rest, ...(own.length > 0 && { cookie: own.join('; ') }) };
  for (const name of ['origin', 'referer']) {
    const value = result[name];
    if (value?.startsWith(device.origin)) result[name] = appOrigin + value.slice(device.origin.length);
  }
  return result;
}

/** A `Set-Cookie` as it goes out to the device. */
export function deviceCookie(cookie: string, device: Device): string {
  if (!device.second) return cookie;
  const [, prefix = '', rest = cookie] = /^(__Host-|__Secure-)?(.*)$/s.exec(cookie) ?? [];
  return `${prefix}${MARK}${rest}`;
}

function isMarked(pair: string): boolean {
  return new RegExp(`^(__Host-|__Secure-)?${MARK}`).test(pair);
}

function unmark(pair: string): string {
  return pair.replace(new RegExp(`^(__Host-|__Secure-)?${MARK}`), '$1');
}
