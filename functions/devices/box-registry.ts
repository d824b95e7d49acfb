import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod/mini';
import type { Tools } from '../shared/tools.ts';

const Created = z.object({
  certificateArn: z.string(),
  certificateId: z.string(),
  certificatePem: z.string(),
  keyPair: z.object({ PrivateKey: z.string() }),
});
export type NewCertificate = {
  readonly certificateId: string;
  readonly certificateArn: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
};

/** What IoT Core keeps of boxes: a thing each, and the certificates with which they may speak. */
export type BoxRegistry = {
  /** Makes the thing, or finds it made. */
  createThing(boxId: string): Promise<void>;
  /** An active certificate that may do nothing yet. The private key exists only in this answer. */
  createCertificate(): Promise<NewCertificate>;
  /** From now on the certificate speaks for the box, and for no other. */
  attach(boxId: string, certificateArn: string): Promise<void>;
  /** For ever. An open connection is closed. */
  revoke(certificateId: string): Promise<void>;
};

type Call = {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
};

/**
 * IoT Core's control plane by signed requests. The SDK's client for it adds 127 kB to the bundle for five calls (its
 * schemas cannot be shaken out), more than a quarter of what an API function may weigh.
 */
export function boxRegistry(tools: Tools): BoxRegistry {
  const call = (request: Call) => signedCall(tools, request);
  return {
    async createThing(boxId) {
      const answer = await call({
        method: 'POST',
        path: `/things/${encodeURIComponent(boxId)}`,
        body: { thingTypeName: tools.env('IOT_THING_TYPE') },
      });
      if (answer.error !== 'ResourceAlreadyExistsException') orThrow(answer);
    },
    async createCertificate() {
      const answer = await call({ method: 'POST', path: '/keys-and-certificate', query: { setAsActive: 'true' } });
      const { keyPair, ...created } = z.parse(Created, orThrow(answer));
      return { ...created, privateKeyPem: keyPair.PrivateKey };
    },
    async attach(boxId, certificateArn) {
      const policy = encodeURIComponent(tools.env('IOT_POLICY_NAME'));
      orThrow(await call({ method: 'PUT', path: `/target-policies/${policy}`, body: { target: certificateArn } }));
      orThrow(
        await call({
          method: 'PUT',
          path: `/things/${encodeURIComponent(boxId)}/principals`,
          headers: { 'x-amzn-principal': certificateArn },
        }),
      );
    },
    async revoke(certificateId) {
      const path = `/certificates/${encodeURIComponent(certificateId)}`;
      const answer = await call({ method: 'PUT', path, query: { newStatus: 'REVOKED' } });
      if (answer.error !== 'ResourceNotFoundException') orThrow(answer);
    },
  };
}

type Answer = { readonly status: number; readonly error?: string; readonly body: unknown };

function orThrow(answer: Answer): unknown {
  if (answer.status < 300) return answer.body;
  throw new Error(`IoT Core answered ${answer.status} ${answer.error ?? ''}`);
}

const attempts = 4;

/** As the SDK does: throttling and faults of the service are tried again, what is refused is not. */
async function signedCall(tools: Tools, request: Call): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await callOnce(tools, request);
    if (attempt === attempts || (answer.status < 500 && answer.status !== 429)) return answer;
    await new Promise((done) => setTimeout(done, 100 * 2 ** attempt * (0.5 + Math.random())));
  }
}

async function callOnce(tools: Tools, { method, path, query = {}, headers = {}, body }: Call): Promise<Answer> {
  const { credentials, region, sha256 } = tools.db.config;
  const regionName = await region();
  const endpoint = new URL(process.env.AWS_ENDPOINT_URL ?? `https://iot.${regionName}.amazonaws.com`);
  const text = body === undefined ? '' : JSON.stringify(body);
  const signer = new SignatureV4({ service: 'iot', region: regionName, credentials, sha256 });
  const signed = await signer.sign(
    {
      method,
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      ...(endpoint.port !== '' && { port: Number(endpoint.port) }),
      path,
      query,
      headers: { host: endpoint.host, 'content-type': 'application/json', ...headers },
      body: text,
    },
    { signingDate: new Date(tools.now()) },
  );
  const url = new URL(`${path}?${new URLSearchParams(query)}`, endpoint);
  const answer = await fetch(url, { method, headers: signed.headers, body: text, signal: AbortSignal.timeout(5000) });
  const error = answer.headers.get('x-amzn-errortype')?.split(':')[0];
  return { status: answer.status, ...(error && { error }), body: await answer.json().catch(() => undefined) };
}
