import type { buildApp } from 'fauxqs';

type Store = ReturnType<typeof buildApp>;
export type KeptObject = { bucket: string; key: string; headers: Record<string, string>; bodyBase64: string };

/** All objects of all buckets, read through the store's own door. */
export async function readObjects(store: Store, buckets: Iterable<string>): Promise<KeptObject[]> {
  const kept: KeptObject[] = [];
  for (const bucket of buckets) {
    for (const key of await keysOf(store, bucket)) {
      const reply = await store.inject({ method: 'GET', url: objectUrl(bucket, key) });
      const headers = Object.entries(reply.headers).filter(([name]) => /^(content-type|x-amz-meta-.*)$/.test(name));
      kept.push({
        bucket,
        key,
        headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
        bodyBase64: reply.rawPayload.toString('base64'),
      });
    }
  }
  return kept;
}

export async function writeObjects(store: Store, objects: KeptObject[]): Promise<void> {
  for (const { bucket, key, headers, bodyBase64 } of objects)
    await store.inject({
      method: 'PUT',
      url: objectUrl(bucket, key),
      headers,
      payload: Buffer.from(bodyBase64, 'base64'),
    });
}

export function objectUrl(bucket: string, key: string): string {
  return `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
}

async function keysOf(store: Store, bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for (let token = ''; ; ) {
    const more = token === '' ? '' : `&continuation-token=${encodeURIComponent(token)}`;
    const page = await store.inject({ method: 'GET', url: `/${bucket}?list-type=2${more}` });
    keys.push(...[...page.body.matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => plain(match[1] ?? '')));
    token = /<NextContinuationToken>([^<]*)</.exec(page.body)?.[1] ?? '';
    if (token === '') return keys;
  }
}

function plain(text: string): string {
  const names: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => names[name] ?? whole);
}
