import type { AwsCloud } from '../aws/index.ts';
import { connectionsEndpoint, dataEndpoint } from '../aws/index.ts';
import { textAt } from '../json.ts';
import type { Deployment } from '../template/deployment.ts';

/**
 * Addresses that the template gives its functions and that differ on one machine, by the variable's name; and the one that
 * every AWS client follows.
 */
export function endpointOverrides(
  deployment: Deployment,
  aws: Pick<AwsCloud, 'endpoint' | 'cognito'>,
  appOrigin: string,
  boxEndpoint: string,
): (variables: Record<string, string>) => Record<string, string> {
  const [live] = deployment
    .ofType('AWS::ApiGatewayV2::Api')
    .filter((api) => textAt(api.properties(), 'ProtocolType') === 'WEBSOCKET');
  const stage = deployment
    .ofType('AWS::ApiGatewayV2::Stage')
    .find((one) => textAt(one.properties(), 'ApiId') === live?.ref);
  const [pool] = deployment.ofType('AWS::Cognito::UserPool');
  const local: Record<string, string> = {
    APP_ORIGIN: appOrigin,
    IOT_DATA_ENDPOINT: dataEndpoint(aws.endpoint),
    BOX_ENDPOINT: boxEndpoint,
    BOX_AUTHORITY_URL: `${appOrigin}/local/mqtt-ca.pem`,
    ...(live !== undefined && { REALTIME_ENDPOINT: connectionsEndpoint(aws.endpoint, live.name, stage?.name ?? 'ws') }),
    ...(pool !== undefined && { JWKS_URI: aws.cognito.jwksUri(pool.name) }),
  };
  return (variables) => {
    const result: Record<string, string> = { ...variables, AWS_ENDPOINT_URL: aws.endpoint };
    for (const [name, value] of Object.entries(local)) if (name in variables) result[name] = value;
    if (variables.PUSH_SERVICES !== undefined) result.PUSH_SERVICES = `${variables.PUSH_SERVICES} ${aws.endpoint}`;
    return result;
  };
}
