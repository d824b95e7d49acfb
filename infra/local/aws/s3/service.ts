import { randomUUID } from 'node:crypto';
import { buildApp } from 'fauxqs';
import type { AwsError } from '../aws-error.ts';
import type { Gate } from '../gate.ts';
import { escapeXml } from '../query-protocol.ts';
import type { Answer, AwsRequest } from '../request.ts';
import type { Service } from '../service.ts';
import type { AwsOptions, BucketDef } from '../types.ts';
import type { S3Call } from './calls.ts';
import { addressOf, needsOf, readCall } from './calls.ts';
import { corsHeaders } from './cors.ts';
import type { KeptObject } from './kept-objects.ts';
import { objectUrl, readObjects, writeObjects } from './kept-objects.ts';

type Store = ReturnType<typeof buildApp>;
export type S3 = {
  service: Service;
  dump(): Promise<KeptObject[]>;
  load(objects: KeptObject[]): Promise<void>;
  stop(): Promise<void>;
};

/** S3: objects in memory by fauxqs (called in process, no port); permission, presigning, CORS and events here. */
export async function startS3(options: AwsOptions): Promise<S3> {
  const store = buildApp({ logger: false, defaultRegion: options.region });
  await store.ready();
  const buckets = new Map(options.resources.buckets.map((bucket) => [bucket.name, bucket]));
  for (const name of buckets.keys()) await store.inject({ method: 'PUT', url: `/${name}` });
  const service: Service = {
    name: 's3',
    async handle(request, gate) {
      const address = addressOf(request, buckets);
      const bucket = buckets.get(address.bucket);
      const cors = corsHeaders(request, bucket);
      if (request.method === 'OPTIONS') return preflight(cors);
      const call = readCall(request, address);
      gate.allow('s3', call.operation, needsOf(call, buckets, request, options.region), 'AccessDenied');
      gate.fault('s3', call.operation, () => request.path);
      const answer = await pass(store, request, call);
      hideMissing(gate, bucket, call, answer);
      if (answer.status < 300 && call.makes && bucket?.eventBridge)
        options.onObject(await created(store, options, call, gate));
      if (answer.status < 300 && call.writes) gate.wrote(`s3:${call.operation}`);
      return { ...answer, headers: { ...answer.headers, ...overrides(request), ...cors } };
    },
    refuse: refuseXml,
  };
  return {
    service,
    dump: () => readObjects(store, buckets.keys()),
    load: (objects) => writeObjects(store, objects),
    stop: async () => void (await store.close()),
  };
}

async function pass(store: Store, request: AwsRequest, call: S3Call): Promise<Answer> {
  const keep =
    /^(content-type|content-encoding|range|if-|x-amz-meta-|x-amz-copy-source|x-amz-metadata-directive|x-amz-decoded)/;
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => keep.test(name)));
  const path = objectUrl(call.bucket, call.key);
  const method =
    request.method === 'HEAD' || request.method === 'PUT' || request.method === 'POST' || request.method === 'DELETE'
      ? request.method
      : 'GET';
  const payload = method === 'PUT' || method === 'POST' ? { payload: request.body } : {};
  if (payload.payload && !headers['content-type']) headers['content-type'] = 'application/octet-stream';
  const reply = await store.inject({
    method,
    url: request.rawQuery ? `${path}?${request.rawQuery}` : path,
    headers,
    ...payload,
  });
  const answered: Record<string, string> = {};
  for (const [name, value] of Object.entries(reply.headers))
    if (value !== undefined && !/^(connection|date|transfer-encoding|keep-alive)$/.test(name))
      answered[name] = String(value);
  return { status: reply.statusCode, headers: answered, body: reply.rawPayload };
}

/** Who may not list a bucket does not learn which keys are missing: 403 instead of 404. */
function hideMissing(gate: Gate, bucket: BucketDef | undefined, call: S3Call, answer: Answer): void {
  if (answer.status !== 404 || call.writes || !bucket || call.key === '') return;
  const need = { action: 's3:ListBucket', resources: [bucket.arn], context: { 's3:prefix': call.key } };
  gate.allow('s3', call.operation, [need], 'AccessDenied');
}

function overrides(request: AwsRequest): Record<string, string> {
  const found = [...request.query].filter(([name]) => name.startsWith('response-'));
  return Object.fromEntries(found.map(([name, value]) => [name.slice('response-'.length), value]));
}

async function created(store: Store, options: AwsOptions, call: S3Call, gate: Gate): Promise<unknown> {
  const head = await store.inject({ method: 'HEAD', url: objectUrl(call.bucket, call.key) });
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: options.accountId,
    time: new Date(options.now()).toISOString(),
    region: options.region,
    resources: [`arn:aws:s3:::${call.bucket}`],
    detail: {
      version: '0',
      bucket: { name: call.bucket },
      object: {
        key: call.key,
        size: Number(head.headers['content-length'] ?? 0),
        etag: String(head.headers.etag ?? '').replaceAll('"', ''),
        sequencer: options.now().toString(16).padStart(18, '0').toUpperCase(),
      },
      'request-id': randomUUID(),
      requester: gate.caller.identity.functionName,
      reason: call.operation,
    },
  };
}

function preflight(cors: Record<string, string>): Answer {
  return Object.keys(cors).length
    ? { status: 200, headers: cors, body: '' }
    : { status: 403, headers: {}, body: 'CORSResponse: This CORS request is not allowed.' };
}

function refuseXml(error: AwsError): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${escapeXml(error.name)}</Code><Message>${escapeXml(error.message)}</Message></Error>`;
  return { status: error.status, headers: { 'content-type': 'application/xml' }, body };
}
