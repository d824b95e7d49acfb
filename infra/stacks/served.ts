import { readFileSync } from 'node:fs';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Function as CloudFrontFunction,
  Distribution,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import { asBucket, webBucket } from '../constructs/bucket.ts';
import { named } from '../constructs/house.ts';
import { otherHeaders, securityHeaders } from '../served/headers.ts';
import type { Lasting } from './lasting.ts';
import type { Running } from './running.ts';

/** What CloudFront keeps of an origin's errors unless told otherwise, whatever their headers say. */
const keptErrors = [404, 405, 414, 500, 501, 502, 503, 504];

/** What is served: one origin for the app, its API and its live updates. */
export class Served extends Stack {
  private readonly originSecret: string;
  private readonly responseHeadersPolicy: ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, lasting: Lasting, running: Running, props: StackProps) {
    super(scope, id, { ...props, description: 'CareConnect: what is served' });
    const { settings } = lasting.house;
    this.originSecret = lasting.originSecret;
    this.responseHeadersPolicy = new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: named(settings, 'headers'),
      securityHeadersBehavior: securityHeaders(lasting.documents.bucketRegionalDomainName),
      customHeadersBehavior: otherHeaders,
    });
    const web = webBucket(this, 'Web', lasting.logs);
    const distribution = new Distribution(this, 'Distribution', {
      comment: named(settings, 'app'),
      defaultRootObject: 'index.html',
      defaultBehavior: this.app(S3BucketOrigin.withOriginAccessControl(asBucket(web))),
      additionalBehaviors: {
        '/api/*': {
          ...this.behind(`${running.http.api.apiId}.execute-api.${this.region}.amazonaws.com`),
          functionAssociations: this.onRequest('Viewer', 'viewer.js', 'Tells the API the address of who asks'),
        },
        '/ws': this.behind(running.live.domainName),
      },
      // Otherwise the edge keeps an error of the API for ten seconds, for everybody who asks that path. No page: an error is the API's word.
      errorResponses: keptErrors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_200,
      enableLogging: true,
      logBucket: asBucket(lasting.logs),
      logFilePrefix: 'cloudfront/',
      logIncludesCookies: false,
      ...(settings.webAclArn !== '' && { webAclId: settings.webAclArn }),
      ...(settings.certificateArn !== '' && {
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        domainNames: [settings.domain],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', settings.certificateArn),
      }),
    });
    // upload-web.sh puts it beside the app as clinic.json.
    if (settings.clinic) new CfnOutput(this, 'Clinic', { value: JSON.stringify(settings.clinic) });
    new CfnOutput(this, 'WebBucket', { value: web.bucketName });
    new CfnOutput(this, 'DistributionId', { value: distribution.distributionId });
    new CfnOutput(this, 'DistributionDomain', { value: distribution.distributionDomainName });
  }

  private app(origin: BehaviorOptions['origin']): BehaviorOptions {
    return {
      ...this.common(origin),
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      functionAssociations: this.onRequest('Spa', 'spa.js', 'Every address of the app is its one page'),
    };
  }

  private onRequest(id: string, file: string, comment: string): NonNullable<BehaviorOptions['functionAssociations']> {
    const runs = new CloudFrontFunction(this, id, {
      comment,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(readFileSync(new URL(`../served/${file}`, import.meta.url), 'utf8')),
    });
    return [{ function: runs, eventType: FunctionEventType.VIEWER_REQUEST }];
  }

  /** An API: nothing cached, everything passed on but Host, which would be refused there; and the secret it asks for. */
  private behind(domainName: string): BehaviorOptions {
    const origin = new HttpOrigin(domainName, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      readTimeout: Duration.seconds(30),
      customHeaders: { 'x-origin-secret': this.originSecret },
    });
    return {
      ...this.common(origin),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
  }

  private common(origin: BehaviorOptions['origin']): BehaviorOptions {
    return {
      origin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: this.responseHeadersPolicy,
      compress: true,
    };
  }
}
