import { flagAt, listAt, recordAt, textAt } from '../json.ts';
import type { Resource } from '../template/deployment.ts';

export interface Hosts {
  /** The distribution's domain on AWS. */
  readonly domainName: string;
  /** What stands for it here. */
  readonly origin: string;
  /** Pages of this machine that may show the app in a frame: the demonstration. */
  readonly frames: readonly string[];
}

/** A response headers policy as headers. Hosts are those of this machine, and what only holds over HTTPS is left out. */
export function responseHeaders(policy: Resource, hosts: Hosts): Record<string, string> {
  const config = recordAt(policy.properties(), 'ResponseHeadersPolicyConfig');
  const security = recordAt(config, 'SecurityHeadersConfig');
  const headers: Record<string, string> = {};
  const csp = textAt(security, 'ContentSecurityPolicy', 'ContentSecurityPolicy');
  if (csp !== undefined) headers['content-security-policy'] = localPolicy(csp, hosts);
  if (security.ContentTypeOptions !== undefined) headers['x-content-type-options'] = 'nosniff';
  const referrer = textAt(security, 'ReferrerPolicy', 'ReferrerPolicy');
  if (referrer !== undefined) headers['referrer-policy'] = referrer;
  if (flagAt(security, 'XSSProtection', 'Protection')) headers['x-xss-protection'] = '1; mode=block';
  for (const item of listAt(config, 'CustomHeadersConfig', 'Items')) {
    headers[(textAt(item, 'Header') ?? '').toLowerCase()] = textAt(item, 'Value') ?? '';
  }
  return headers;
}

/** `X-Frame-Options` cannot name a page, so `frame-ancestors` alone says who may frame the app here. */
function localPolicy(policy: string, hosts: Hosts): string {
  const directives = policy
    .replaceAll(`wss://${hosts.domainName}`, hosts.origin.replace('http:', 'ws:'))
    .replaceAll(`https://${hosts.domainName}`, hosts.origin)
    .split(';')
    .map((directive) => directive.trim())
    .filter((directive) => directive !== '' && directive !== 'upgrade-insecure-requests');
  const kept = directives.filter((directive) => !directive.startsWith('frame-ancestors'));
  return [...kept, `frame-ancestors 'self' ${hosts.frames.join(' ')}`].join('; ');
}
