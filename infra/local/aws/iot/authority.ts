import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { LocalSecrets } from '../local-secrets.ts';

const keyKind = { name: 'ECDSA', namedCurve: 'P-256' };
const signing = { name: 'ECDSA', hash: 'SHA-256' };
const lifetime = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T23:59:59Z') };

export type Issued = {
  certificatePem: string;
  keys: { publicPem: string; privatePem: string };
  fingerprint256: string;
};
export type Authority = {
  caPem: string;
  server: { keyPem: string; certificatePem: string };
  /** A certificate as CreateKeysAndCertificate makes it; the private key exists only in the answer. */
  issue(commonName: string): Promise<Issued>;
};

/** The local certificate authority: made once per `dataDir`, so that boxes registered before a restart still connect. */
export async function localAuthority(secrets: LocalSecrets): Promise<Authority> {
  const made = await makeAuthority();
  const kept: { key: string; certificate: string } = JSON.parse(
    secrets.get('iot-authority', () => JSON.stringify(made)),
  );
  const ca = new x509.X509Certificate(kept.certificate);
  const caKey = await crypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(kept.key), keyKind, true, [
    'sign',
  ]);
  const issue = (commonName: string, extensions: x509.Extension[] = []) => sign(ca, caKey, commonName, extensions);
  const names = new x509.SubjectAlternativeNameExtension([
    { type: 'dns', value: 'localhost' },
    { type: 'ip', value: '127.0.0.1' },
  ]);
  const server = await issue('localhost', [names]);
  return {
    caPem: ca.toString('pem'),
    server: { keyPem: server.keys.privatePem, certificatePem: server.certificatePem },
    issue: (commonName) => issue(commonName),
  };
}

async function makeAuthority(): Promise<{ key: string; certificate: string }> {
  const keys = await crypto.subtle.generateKey(keyKind, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...lifetime,
    name: 'CN=CareConnect local device authority',
    keys,
    signingAlgorithm: signing,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return { key: await privatePem(keys.privateKey), certificate: certificate.toString('pem') };
}

async function sign(
  ca: x509.X509Certificate,
  caKey: CryptoKey,
  commonName: string,
  extensions: x509.Extension[],
): Promise<Issued> {
  const keys = await crypto.subtle.generateKey(keyKind, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    ...lifetime,
    subject: `CN=${commonName}`,
    issuer: ca.subject,
    publicKey: keys.publicKey,
    signingKey: caKey,
    signingAlgorithm: signing,
    extensions: [new x509.BasicConstraintsExtension(false), ...extensions],
  });
  const digest = Buffer.from(await certificate.getThumbprint('SHA-256'))
    .toString('hex')
    .toUpperCase();
  return {
    certificatePem: certificate.toString('pem'),
    keys: {
      publicPem: x509.PemConverter.encode(await crypto.subtle.exportKey('spki', keys.publicKey), 'PUBLIC KEY'),
      privatePem: await privatePem(keys.privateKey),
    },
    fingerprint256: digest.match(/../g)?.join(':') ?? '',
  };
}

async function privatePem(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}
