import { createHash } from 'node:crypto';
import { flagAt, numberAt, recordAt, textAt } from '../json.ts';
import type { Resource } from './deployment.ts';

const SYMBOLS = '!#$%&()*+,-.:;<=>?@[]^_{|}~';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * The value Secrets Manager would have made for this secret. It follows from the secret's name, so that a restart and a
 * restored state agree; it protects nothing, since it never leaves this machine.
 */
export function secretText(secret: Resource): string {
  const properties = secret.properties();
  const given = textAt(properties, 'SecretString');
  if (given !== undefined) return given;
  const rules = recordAt(properties, 'GenerateSecretString');
  const excluded = textAt(rules, 'ExcludeCharacters') ?? '';
  const symbols = flagAt(rules, 'ExcludePunctuation') ? '' : SYMBOLS;
  const alphabet = [...LETTERS, ...symbols].filter((character) => !excluded.includes(character));
  const password = spread(secret.name, numberAt(rules, 'PasswordLength') ?? 32, alphabet);
  const key = textAt(rules, 'GenerateStringKey');
  if (key === undefined) return password;
  return JSON.stringify({ ...recordAt(JSON.parse(textAt(rules, 'SecretStringTemplate') ?? '{}')), [key]: password });
}

function spread(seed: string, length: number, alphabet: readonly string[]): string {
  let text = '';
  for (let round = 0; text.length < length; round++) {
    for (const byte of createHash('sha512').update(`${seed}#${round}`).digest())
      text += alphabet[byte % alphabet.length];
  }
  return text.slice(0, length);
}
