import { Duration } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type ResponseCustomHeadersBehavior,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';

/** Nothing from elsewhere, no inline script or style, no frame around us; uploads go to the one bucket that is named. */
function contentSecurityPolicy(uploadsTo: string): string {
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' blob: data:",
    'media-src': "'self' blob:",
    'font-src': "'self'",
    'connect-src': `'self' https://${uploadsTo}`,
    'manifest-src': "'self'",
    'worker-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

export function securityHeaders(uploadsTo: string): ResponseSecurityHeadersBehavior {
  return {
    contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(uploadsTo), override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
    strictTransportSecurity: {
      accessControlMaxAge: Duration.days(730),
      includeSubdomains: true,
      override: true,
    },
  };
}

/** Camera for scanning a box's code; nothing else of the phone is asked for. */
export const otherHeaders: ResponseCustomHeadersBehavior = {
  customHeaders: [
    {
      header: 'Permissions-Policy',
      value: 'camera=(self), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
      override: true,
    },
    { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
    { header: 'Cross-Origin-Resource-Policy', value: 'same-origin', override: true },
  ],
};
