// A certificate authority made for one run, with nothing but node:crypto: X.509 (RFC 5280) written by hand.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

const DAY = 86_400_000;

// -- DER (ITU-T X.690), just what certificates need
function der(tag, ...parts) {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const sequence = (...parts) => der(0x30, ...parts);
const set = (...parts) => der(0x31, ...parts);
const octets = (value) => der(0x04, value);
const bits = (value) => der(0x03, Buffer.from([0]), value);
const text = (value) => der(0x0c, Buffer.from(value));
const explicit = (number, ...parts) => der(0xa0 + number, ...parts);
const yes = der(0x01, Buffer.from([0xff]));

function integer(value) {
  return der(0x02, value[0] & 0x80 ? Buffer.concat([Buffer.from([0]), value]) : value);
}

function oid(dotted) {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const base128 = (value) => (value < 128 ? [value] : [...base128(value >> 7).map((byte) => byte | 0x80), value & 0x7f]);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** UTCTime: `YYMMDDHHMMSSZ`. */
function utc(ms) {
  return der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
}

const name = (common) => sequence(set(sequence(oid('2.5.4.3'), text(common))));
const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
const critical = (id, value) => sequence(oid(id), yes, octets(value));
const extension = (id, value) => sequence(oid(id), octets(value));

function keyId(publicKey) {
  return createHash('sha1').update(publicKey.export({ type: 'spki', format: 'der' })).digest();
}

function certificate({ issuer, subject, publicKey, signer, extensions }) {
  const now = Date.now();
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))), // version 3
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name(issuer),
    sequence(utc(now - DAY), utc(now + 2 * DAY)),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions)),
  );
  const whole = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, signer)));
  const lines = whole.toString('base64').match(/.{1,64}/g).join('\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** A root and one leaf of it for all `hosts` (names or IPv4 addresses); everything PEM. */
export function makeAuthority(common, hosts) {
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rootName = `${common} authority`;
  const names = hosts.map((host) => (isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host))));
  const ca = certificate({
    issuer: rootName,
    subject: rootName,
    publicKey: root.publicKey,
    signer: root.privateKey,
    extensions: [
      critical('2.5.29.19', sequence(yes)), // basicConstraints: CA
      critical('2.5.29.15', der(0x03, Buffer.from([1, 0x06]))), // keyUsage: keyCertSign, cRLSign
      extension('2.5.29.14', octets(keyId(root.publicKey))),
    ],
  });
  const cert = certificate({
    issuer: rootName,
    subject: `${common} leaf`,
    publicKey: leaf.publicKey,
    signer: root.privateKey,
    extensions: [
      extension('2.5.29.19', sequence()),
      extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))), // serverAuth
      extension('2.5.29.17', sequence(...names)),
      extension('2.5.29.35', sequence(der(0x80, keyId(root.publicKey)))),
    ],
  });
  return { ca, cert, key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }) };
}
