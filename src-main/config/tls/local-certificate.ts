// A certificate authority of this computer alone, and a certificate by it for the computer's names and addresses.
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import os from 'node:os';
import { isDnsName, networkAddresses, networkNames } from '../../lib/network-hosts.ts';
import type { TlsPair } from './tls-pair.ts';

const dayMs = 86_400_000;
const authorityDays = 3_650;
/** Systems of Apple trust no longer ones, and those of the web are shorter. */
const certificateDays = 365;
/** A clock of another device may be late. */
const allowedSkewMs = dayMs;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Names and addresses by which other devices may know this computer, those of loopback first. */
export function machineNames(): readonly string[] {
  const addresses = networkAddresses().map(({ host }) => host);
  return [...new Set(['localhost', '127.0.0.1', '::1', ...networkNames(), ...addresses])];
}

export const isCertificateName = (name: string): boolean => isIP(name) !== 0 || isDnsName(name);

/** A new authority. Its key signs certificates and nothing else. */
export async function makeAuthority(now: number): Promise<TlsPair> {
  const x509 = await loadX509();
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [`CLI Proxy Desktop on ${os.hostname().slice(0, 40) || 'this computer'}`] }],
    ...validity(now, authorityDays),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: pem(certificate.toString('pem')), key: await exportKey(keys.privateKey) };
}

/** A certificate for a server of these names and addresses, whose chain ends with the authority. */
export async function makeCertificate(authority: TlsPair, names: readonly string[], now: number): Promise<TlsPair> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(authority.cert);
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: ['CLI Proxy Desktop'] }],
    issuer: issuer.subject,
    ...validity(now, certificateDays),
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { cert: pem(certificate.toString('pem')) + authority.cert, key: await exportKey(keys.privateKey) };
}

/** Only who makes a certificate needs the library. It reads metadata of classes, which the other adds to the language. */
async function loadX509() {
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(globalThis.crypto);
  return x509;
}

const generateKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** Positive, and 20 bytes at most (RFC 5280, 4.1.2.2). */
const serialNumber = () => `00${randomBytes(16).toString('hex')}`;

const validity = (now: number, days: number) => ({
  notBefore: new Date(now - allowedSkewMs),
  notAfter: new Date(now + days * dayMs),
});

const pem = (text: string) => (text.endsWith('\n') ? text : `${text}\n`);

const exportKey = (key: webcrypto.CryptoKey) => KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();

const importKey = (key: string) =>
  webcrypto.subtle.importKey('pkcs8', Buffer.from(key.replace(/-----[^-]+-----|\s/g, ''), 'base64'), algorithm, false, [
    'sign',
  ]);
