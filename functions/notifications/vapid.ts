import { createECDH, createHash, hkdfSync } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod/mini';
import type { Tools } from '../shared/tools.ts';

export type VapidKeys = { readonly publicKey: string; readonly privateKey: string };

/** Order of P-256; a private key lies below it. One in 2³² values does not: then the next is taken. */
const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/** The key pair by which push services know us, derived from the one secret, so that nothing else has to be kept. */
export function vapidKeys(secret: string): VapidKeys {
  for (let turn = 0; ; turn++) {
    const bytes = Buffer.from(hkdfSync('sha256', secret, '', `careconnect web push ${turn}`, 32));
    const scalar = BigInt(`0x${bytes.toString('hex')}`);
    if (scalar === 0n || scalar >= order) continue;
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(bytes);
    return { publicKey: pair.getPublicKey('base64url'), privateKey: bytes.toString('base64url') };
  }
}

const SecretAnswer = z.object({ SecretString: z.string() });

/** Reads the secret once per environment: one signed call instead of a further SDK client in the bundle. */
export function vapidFrom(tools: Tools): () => Promise<VapidKeys> {
  let kept: Promise<VapidKeys> | undefined;
  return () => {
    kept ??= readSecret(tools, tools.env('VAPID_SECRET_ARN')).then(vapidKeys);
    kept.catch(() => {
      kept = undefined;
    });
    return kept;
  };
}

async function readSecret(tools: Tools, secretId: string): Promise<string> {
  const { credentials, region, sha256 } = tools.db.config;
  const regionName = await region();
  const endpoint = new URL(process.env.AWS_ENDPOINT_URL ?? `https://secretsmanager.${regionName}.amazonaws.com`);
  const body = JSON.stringify({ SecretId: secretId });
  const signer = new SignatureV4({ service: 'secretsmanager', region: regionName, credentials, sha256 });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      ...(endpoint.port !== '' && { port: Number(endpoint.port) }),
      path: '/',
      query: {},
      headers: {
        host: endpoint.host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'secretsmanager.GetSecretValue',
      },
      body,
    },
    { signingDate: new Date(tools.now()) },
  );
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: signed.headers,
    body,
    signal: AbortSignal.timeout(5000),
  });
  if (!answer.ok) throw new Error(`Secrets Manager answered ${answer.status}`);
  return z.parse(SecretAnswer, await answer.json()).SecretString;
}

/** The same endpoint is the same device, whoever sends it again. */
export function deviceId(endpoint: string): string {
  return createHash('sha256').update(endpoint).digest('base64url').slice(0, 22);
}
