import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ViewerRequest, ViewerResponse } from './lambda-http.ts';
import { MOVED_TIME_SCRIPT } from './moved-time-script.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.m4a': 'audio/mp4',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const compress = promisify(gzip);

/** The web app's bucket: the folder that a deployment would upload, and the files that it writes for its stage. */
export class WebApp {
  readonly #directory: string;
  readonly #written: Readonly<Record<string, string>>;

  constructor(directory: string, written: Readonly<Record<string, string>> = {}) {
    this.#directory = directory;
    this.#written = written;
  }

  async answer(request: ViewerRequest, defaultRootObject: string): Promise<ViewerResponse> {
    const path = request.path === '/' ? `/${defaultRootObject}` : request.path;
    const file = join(this.#directory, normalize(decodeURIComponent(path)));
    if (!file.startsWith(this.#directory + sep)) return missing();
    const written = this.#written[path];
    const content = written === undefined ? await readFile(file).catch(() => undefined) : Buffer.from(written);
    if (content === undefined) return missing();
    return respond(request, path, extname(file), content);
  }
}

async function respond(
  request: ViewerRequest,
  path: string,
  extension: string,
  content: Buffer,
): Promise<ViewerResponse> {
  const script = extension === '.js' || extension === '.mjs';
  const body = script ? Buffer.concat([Buffer.from(MOVED_TIME_SCRIPT), content]) : content;
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
  const type = TYPES[extension] ?? 'application/octet-stream';
  const headers: Record<string, string> = {
    'content-type': type,
    etag,
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (request.headers['if-none-match'] === etag) return { status: 304, headers, body: '' };
  const text = /^(text|application\/(json|manifest)|image\/svg)/.test(type);
  if (!text || body.length < 1000 || !request.headers['accept-encoding']?.includes('gzip'))
    return { status: 200, headers, body };
  return {
    status: 200,
    headers: { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
    body: await compress(body),
  };
}

/** What S3 says to whoever may read objects but not list them. */
function missing(): ViewerResponse {
  const body =
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
  return { status: 403, headers: { 'content-type': 'application/xml' }, body };
}
