import { UnknownOperation } from '../aws-error.ts';
import type { Need } from '../gate.ts';
import type { AwsRequest } from '../request.ts';
import type { BucketDef } from '../types.ts';

export type S3Call = {
  bucket: string;
  /** Decoded; empty for calls on the bucket itself. */
  key: string;
  operation: string;
  writes: boolean;
  /** Makes an object when it succeeds. */
  makes: boolean;
  actions: string[];
  copyFrom?: { bucket: string; key: string };
  deletes?: string[];
};

const knownParameters = [
  /^x-id$/,
  /^X-Amz-/i,
  /^response-/,
  /^list-type$/,
  /^prefix$/,
  /^delimiter$/,
  /^max-keys$/,
  /^start-after$/,
  /^continuation-token$/,
  /^encoding-type$/,
  /^fetch-owner$/,
  /^marker$/,
  /^uploads$/,
  /^uploadId$/,
  /^partNumber$/,
  /^delete$/,
];

/** Bucket and key of a request, path-style or with the bucket in the host name. */
export function addressOf(
  request: AwsRequest,
  buckets: ReadonlyMap<string, BucketDef>,
): { bucket: string; key: string } {
  const host = (request.headers['x-forwarded-host'] ?? request.headers.host ?? '').split('.')[0] ?? '';
  const steps = request.path.split('/').slice(1);
  const bucket = buckets.has(host) ? host : (steps.shift() ?? '');
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(steps.join('/')) };
}

/** Which operation a request is, and the actions that AWS asks for it. */
export function readCall(request: AwsRequest, address: { bucket: string; key: string }): S3Call {
  for (const name of request.query.keys())
    if (!knownParameters.some((known) => known.test(name)))
      throw new UnknownOperation('s3', `${request.method} ?${name}`);
  const asked = `${request.method} ${address.key === '' ? 'bucket' : 'object'}`;
  const read = (operation: string, action: string): S3Call => ({
    ...address,
    operation,
    writes: false,
    makes: false,
    actions: [action],
  });
  const write = (operation: string, action: string, makes = false): S3Call => ({
    ...address,
    operation,
    writes: true,
    makes,
    actions: [action],
  });
  const has = (name: string) => request.query.has(name);
  switch (asked) {
    case 'GET bucket':
      return read('ListObjectsV2', 's3:ListBucket');
    case 'HEAD bucket':
      return read('HeadBucket', 's3:ListBucket');
    case 'POST bucket':
      if (!has('delete')) throw new UnknownOperation('s3', asked);
      return { ...write('DeleteObjects', 's3:DeleteObject'), deletes: deletedKeys(request.body.toString()) };
    case 'GET object':
      return read('GetObject', 's3:GetObject');
    case 'HEAD object':
      return read('HeadObject', 's3:GetObject');
    case 'DELETE object':
      return has('uploadId')
        ? write('AbortMultipartUpload', 's3:AbortMultipartUpload')
        : write('DeleteObject', 's3:DeleteObject');
    case 'POST object':
      if (has('uploads')) return write('CreateMultipartUpload', 's3:PutObject');
      if (has('uploadId')) return write('CompleteMultipartUpload', 's3:PutObject', true);
      throw new UnknownOperation('s3', asked);
    case 'PUT object': {
      if (has('uploadId')) return write('UploadPart', 's3:PutObject');
      const copyFrom = copySource(request.headers['x-amz-copy-source']);
      const call = write(copyFrom ? 'CopyObject' : 'PutObject', 's3:PutObject', true);
      if (request.headers['x-amz-object-lock-mode']) call.actions.push('s3:PutObjectRetention');
      if (request.headers['x-amz-tagging']) call.actions.push('s3:PutObjectTagging');
      return { ...call, ...(copyFrom ? { copyFrom } : {}) };
    }
    default:
      throw new UnknownOperation('s3', asked);
  }
}

function copySource(header: string | undefined): { bucket: string; key: string } | undefined {
  const [bucket, ...key] = decodeURIComponent(header ?? '')
    .replace(/^\//, '')
    .split('/');
  return bucket ? { bucket, key: key.join('/') } : undefined;
}

function deletedKeys(xml: string): string[] {
  const unescaped = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&');
  return [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => unescaped(match[1] ?? ''));
}

/** Actions on the object or bucket, and those on the key that the bucket is encrypted by. */
export function needsOf(
  call: S3Call,
  buckets: ReadonlyMap<string, BucketDef>,
  request: AwsRequest,
  region: string,
): Need[] {
  const bucket = buckets.get(call.bucket);
  const arn = bucket?.arn ?? `arn:aws:s3:::${call.bucket}`;
  const prefix = { 's3:prefix': request.query.get('prefix') ?? '' };
  const needs = (call.deletes ?? [call.key]).flatMap((key) =>
    call.actions.map((action): Need => {
      const onBucket = action === 's3:ListBucket';
      return { action, resources: [onBucket ? arn : `${arn}/${key}`], ...(onBucket ? { context: prefix } : {}) };
    }),
  );
  const keyNeeds = (of: BucketDef | undefined, action: string): Need[] =>
    of?.keyArn ? [{ action, resources: [of.keyArn], context: { 'kms:ViaService': `s3.${region}.amazonaws.com` } }] : [];
  if (call.operation === 'GetObject' || call.operation === 'HeadObject') needs.push(...keyNeeds(bucket, 'kms:Decrypt'));
  if (call.actions.includes('s3:PutObject')) needs.push(...keyNeeds(bucket, 'kms:GenerateDataKey'));
  if (/Part|Multipart/.test(call.operation) && call.actions.includes('s3:PutObject'))
    needs.push(...keyNeeds(bucket, 'kms:Decrypt'));
  if (call.copyFrom) {
    const source = buckets.get(call.copyFrom.bucket);
    needs.push({ action: 's3:GetObject', resources: [`arn:aws:s3:::${call.copyFrom.bucket}/${call.copyFrom.key}`] });
    needs.push(...keyNeeds(source, 'kms:Decrypt'));
  }
  return needs;
}
