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
  [{ 'x-viewer-address': '2001:db8:1:2:3:4:5:6', 'x-forwarded-for': '10.0.0.1' }, '2001:db8:1:2:3:4:5:6'],
  [{}, '130.176.1.1'],
])('the address of whoever sends %j is %s: CloudFront is nobody’s address', (headers, address) => {
  expect(requestOf(anEvent(headers)).sourceIp).toBe(address);
});
