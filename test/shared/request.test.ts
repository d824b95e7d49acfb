import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, it } from 'vitest';
import { requestOf } from '../../functions/shared/request.ts';

function anEvent(headers: Record<string, string>): APIGatewayProxyEventV2 {
  const http = { method: 'POST', path: '/', protocol: 'HTTP/1.1', sourceIp: '130.176.1.1', userAgent: 'test' };
  const requestContext = { accountId: '', apiId: '', domainName: '', domainPrefix: '', requestId: 'r', http };
  return {
    ...{ version: '2.0', routeKey: '$default', rawPath: '/', rawQueryString: '', isBase64Encoded: false },
    headers,
    requestContext: { ...requestContext, routeKey: '$default', stage: '$default', time: '', timeEpoch: 0 },
  };
}

it.each([
  [{ 'x-viewer-address': '198.51.100.7' }, '198.51.100.7'],
  [{ 'x-viewer-address': '2001:db8:1:2:3:4:5:6', 'x-forwarded-for': '10.0.0.1' }, '2001:db8:1:2::/64'],
  [{}, '130.176.1.1'],
])('whoever sends %j is counted as %s: CloudFront is nobody’s address', (headers, source) => {
  expect(requestOf(anEvent(headers)).source).toBe(source);
});

it.each([
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::2:0:0:1', '2001:db8:0:0::/64'],
  ['2001:0DB8:00a1:0002::', '2001:db8:a1:2::/64'],
  ['2001:db8:0:1:ffff:ffff:ffff:ffff', '2001:db8:0:1::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::ffff:198.51.100.7', '::ffff:198.51.100.7'],
])('an address of a customer’s IPv6 network, %s, is counted as %s', (address, source) => {
  expect(requestOf(anEvent({ 'x-viewer-address': address })).source).toBe(source);
});
