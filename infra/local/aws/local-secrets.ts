import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Values that are made once and stay the same while `dataDir` lives: keys, generated secrets, certificates. */
export type LocalSecrets = { get(name: string, make: () => string): string };

export function localSecrets(dataDir: string): LocalSecrets {
  const directory = path.join(dataDir, 'secrets');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return {
    get(name, make) {
      const file = path.join(directory, encodeURIComponent(name));
      try {
        return readFileSync(file, 'utf8');
      } catch {
        const value = make();
        writeFileSync(file, value, { mode: 0o600 });
        return value;
      }
    },
  };
}
