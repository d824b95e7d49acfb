/**
 * Is this the address of a push service that we know? `services` are origins, `https://web.push.apple.com`, the leftmost label
 * may be a star: any host below. A browser hands us this address and we call it from inside: any other could be anything.
 */
export function isPushService(services: readonly string[], endpoint: string): boolean {
  const { origin, username, password } = new URL(endpoint);
  if (username !== '' || password !== '') return false;
  return services.some((service) => {
    const [scheme = '', below] = service.split('*');
    return below === undefined ? origin === service : origin.startsWith(scheme) && origin.endsWith(below);
  });
}

/** The list as the template gives it, divided by spaces. */
export function pushServices(env: (name: string) => string): readonly string[] {
  return env('PUSH_SERVICES').split(' ');
}
