/** Everything at and above one port: PORT moves all of it. */
export interface Ports {
  readonly origin: number;
  /** AWS calls of the functions. */
  readonly frontDoor: number;
  /** The same origin for a second person's browser. */
  readonly secondDevice: number;
  readonly mqtts: number;
}

export const DEFAULT_PORT = 4280;

export function portsFrom(port: number): Ports {
  return { origin: port, frontDoor: port + 1, secondDevice: port + 2, mqtts: port + 3 };
}
