import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError } from './aws-error.ts';
import type { LocalSecrets } from './local-secrets.ts';
import type { Operations, Service } from './service.ts';
import { jsonService, operation } from './service.ts';
import type { KeyDef } from './types.ts';

const context = z.optional(z.record(z.string(), z.string()));
const encrypt = z.looseObject({ KeyId: z.string(), Plaintext: z.string(), EncryptionContext: context });
const decrypt = z.looseObject({
  CiphertextBlob: z.string(),
  KeyId: z.optional(z.string()),
  EncryptionContext: context,
});
const dataKey = z.looseObject({
  KeyId: z.string(),
  KeySpec: z.optional(z.enum(['AES_256', 'AES_128'])),
  NumberOfBytes: z.optional(z.number()),
  EncryptionContext: context,
});
const mac = z.looseObject({ KeyId: z.string(), Message: z.string(), MacAlgorithm: z.string() });
const verifyMac = z.extend(mac, { Mac: z.string() });

/** KMS with keys that exist only in `dataDir`; ciphertexts are AES-256-GCM bound to their encryption context. */
export function kmsService(keys: KeyDef[], secrets: LocalSecrets): Service {
  const find = (keyId: string) => {
    const key = keys.find(
      ({ arn, aliases }) =>
        arn === keyId || arn.endsWith(`/${keyId}`) || aliases?.some((alias) => keyId.endsWith(alias)),
    );
    if (!key) throw new AwsError('NotFoundException', `Key '${keyId}' does not exist`);
    return key;
  };
  const material = (arn: string) =>
    Buffer.from(
      hkdfSync(
        'sha256',
        secrets.get('kms', () => randomBytes(32).toString('hex')),
        '',
        arn,
        32,
      ),
    );
  const needs = (action: string) => (input: { KeyId: string }) => [
    { action: `kms:${action}`, resources: [find(input.KeyId).arn] },
  ];
  const seal = (arn: string, plaintext: Buffer, bound: z.output<typeof context>) => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', material(arn), iv).setAAD(additional(bound));
    const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    const name = Buffer.from(arn);
    return Buffer.concat([Buffer.from([name.length]), name, iv, cipher.getAuthTag(), sealed]).toString('base64');
  };
  const operations: Operations = {
    Encrypt: operation(encrypt, { needs: needs('Encrypt') }, (input) => {
      const { arn } = find(input.KeyId);
      const blob = seal(arn, Buffer.from(input.Plaintext, 'base64'), input.EncryptionContext);
      return { CiphertextBlob: blob, KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    }),
    Decrypt: operation(
      decrypt,
      { needs: (input) => [{ action: 'kms:Decrypt', resources: [opened(input.CiphertextBlob).arn] }] },
      (input) => {
        const { arn, iv, tag, sealed } = opened(input.CiphertextBlob);
        if (input.KeyId && find(input.KeyId).arn !== arn)
          throw new AwsError('IncorrectKeyException', 'Another key encrypted this');
        try {
          const decipher = createDecipheriv('aes-256-gcm', material(arn), iv)
            .setAAD(additional(input.EncryptionContext))
            .setAuthTag(tag);
          const plaintext = Buffer.concat([decipher.update(sealed), decipher.final()]);
          return { Plaintext: plaintext.toString('base64'), KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
        } catch {
          throw new AwsError('InvalidCiphertextException', 'The ciphertext or its context is not valid');
        }
      },
    ),
    GenerateDataKey: operation(dataKey, { needs: needs('GenerateDataKey') }, (input) => {
      const { arn } = find(input.KeyId);
      const plaintext = randomBytes(input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32));
      return {
        Plaintext: plaintext.toString('base64'),
        CiphertextBlob: seal(arn, plaintext, input.EncryptionContext),
        KeyId: arn,
      };
    }),
    GenerateMac: operation(mac, { needs: needs('GenerateMac') }, (input) => {
      const { arn } = find(input.KeyId);
      const value = createHmac('sha256', material(arn)).update(Buffer.from(input.Message, 'base64')).digest('base64');
      return { Mac: value, MacAlgorithm: input.MacAlgorithm, KeyId: arn };
    }),
    VerifyMac: operation(verifyMac, { needs: needs('VerifyMac') }, (input) => {
      const { arn } = find(input.KeyId);
      const value = createHmac('sha256', material(arn)).update(Buffer.from(input.Message, 'base64')).digest('base64');
      if (value !== input.Mac) throw new AwsError('KMSInvalidMacException', 'The MAC is not valid');
      return { MacValid: true, MacAlgorithm: input.MacAlgorithm, KeyId: arn };
    }),
    DescribeKey: operation(z.looseObject({ KeyId: z.string() }), { needs: needs('DescribeKey') }, (input) => {
      const { arn } = find(input.KeyId);
      return { KeyMetadata: { Arn: arn, KeyId: arn.split('/').at(-1), Enabled: true, KeyState: 'Enabled' } };
    }),
  };
  return jsonService('kms', operations);
}

function opened(blob: string): { arn: string; iv: Buffer; tag: Buffer; sealed: Buffer } {
  const bytes = Buffer.from(blob, 'base64');
  const start = 1 + (bytes[0] ?? 0);
  if (bytes.length < start + 28) throw new AwsError('InvalidCiphertextException', 'The ciphertext is not valid');
  return {
    arn: bytes.subarray(1, start).toString(),
    iv: bytes.subarray(start, start + 12),
    tag: bytes.subarray(start + 12, start + 28),
    sealed: bytes.subarray(start + 28),
  };
}

function additional(bound: z.output<typeof context>): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(bound ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))));
}
