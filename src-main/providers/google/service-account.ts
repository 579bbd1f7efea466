// Key files of Google's service accounts: reading one that a person hands in, and tokens for it (RFC 7523).
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { isObject } from '../../../src-shared/json.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { parseObject, withoutMark } from '../../lib/json-text.ts';
import { ProviderError } from '../../net/provider-error.ts';
import type { Fields } from '../../net/provider-request.ts';
import { asksWithForm } from '../oauth/token-request.ts';
import { accessTokenOf, secondsOf, textOf } from '../oauth/token-response.ts';
import type { ProviderCall } from '../provider.ts';

const usualTokenUri = 'https://oauth2.googleapis.com/token';
const tokenHosts: ReadonlySet<string> = new Set(['oauth2.googleapis.com', 'accounts.google.com', 'www.googleapis.com']);
const scope = 'https://www.googleapis.com/auth/cloud-platform';
/** Google's bound for an assertion. */
const assertionSeconds = 3600;

/** A key file with its key in good order. Throws Problem that says what is wrong, without any of the key. */
export function readServiceAccount(text: string): Fields {
  const parsed = parseObject(withoutMark(text));
  if (!('fields' in parsed)) throw new Problem('invalid_json');
  const file: Fields = parsed.fields;
  const wrong = (sentence: string) => new Problem('invalid_service_account', sentence);
  if (textOf(file, 'private_key').trim() === '') throw wrong('It has no private key.');
  if (textOf(file, 'type') !== 'service_account') throw wrong('Its type is not “service_account”.');
  if (textOf(file, 'client_email').trim() === '') throw wrong('It names no client_email.');
  const key = keyIn(textOf(file, 'private_key'));
  if (key === undefined) throw wrong('Its private key cannot be read.');
  if (key.asymmetricKeyType !== 'rsa') throw wrong('Its private key is not an RSA key.');
  if (tokenUriOf(file) === undefined) throw wrong('Its token_uri is not an address of Google.');
  return { ...file, private_key: key.export({ type: 'pkcs8', format: 'pem' }) };
}

const begin = /-{0,5} ?BEGIN (?:RSA )?PRIVATE KEY ?-{0,5}/;
const end = /-{0,5} ?END (?:RSA )?PRIVATE KEY ?-{0,5}/;

/**
 * The key of a PEM text whose lines may have been lost on the way: joined, ended by `\r\n` or by a written `\n`, with
 * control sequences of a terminal, or without the first and last line.
 */
function keyIn(text: string): KeyObject | undefined {
  const plain = text
    .replaceAll('\\r', '')
    .replaceAll('\\n', '\n')
    .replace(/\u001b\[[0-9;]{0,20}[A-Za-z]/g, '');
  const isPkcs1 = plain.includes('RSA PRIVATE KEY');
  const body = plain
    .replace(begin, '')
    .replace(end, '')
    .replace(/[^A-Za-z0-9+/=]/g, '');
  const der = Buffer.from(body, 'base64');
  for (const type of isPkcs1 ? (['pkcs1', 'pkcs8'] as const) : (['pkcs8', 'pkcs1'] as const)) {
    try {
      return createPrivateKey({ key: der, format: 'der', type });
    } catch {
      // Perhaps it is of the other type.
    }
  }
  return undefined;
}

/** Where the assertion goes: an address of Google, `undefined` for a file that names another one. */
function tokenUriOf(account: Fields): string | undefined {
  const uri = textOf(account, 'token_uri').trim() || usualTokenUri;
  if (!URL.canParse(uri)) return undefined;
  const { protocol, host, username, password } = new URL(uri);
  return protocol === 'https:' && tokenHosts.has(host) && username === '' && password === '' ? uri : undefined;
}

export interface MintedToken {
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** A token for the service account. Throws ProviderError. */
export async function mintToken(account: Fields, call: ProviderCall): Promise<MintedToken> {
  const tokenUri = tokenUriOf(account);
  const key = keyIn(textOf(account, 'private_key'));
  if (tokenUri === undefined || key === undefined) {
    throw new ProviderError('rejected', 'This file is not the key file of a service account. Import it again.', {
      oauthError: 'invalid_client',
    });
  }
  const now = call.clock.now();
  const assertion = assertionOf(account, key, tokenUri, Math.floor(now / 1000));
  const hint = 'Check the service account and its key in the Google Cloud console.';
  const response = await asksWithForm(
    tokenUri,
    { accept: 'application/json' },
    hint,
  )(
    { ...call, secrets: [...call.secrets, assertion] },
    { assertion, grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer' },
  );
  const seconds = secondsOf(response.expires_in) ?? assertionSeconds;
  return { accessToken: accessTokenOf(response, new URL(tokenUri).host), expires: now + seconds * 1000 };
}

/** A signed assertion (RFC 7523 section 3). `now` in seconds. */
function assertionOf(account: Fields, key: KeyObject, audience: string, now: number): string {
  const keyId = textOf(account, 'private_key_id');
  const header = { alg: 'RS256', typ: 'JWT', ...(keyId !== '' && { kid: keyId }) };
  const claims = {
    iss: textOf(account, 'client_email'),
    scope,
    aud: audience,
    iat: now,
    exp: now + assertionSeconds,
  };
  const encoded = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${encoded}.${sign('RSA-SHA256', Buffer.from(encoded), key).toString('base64url')}`;
}

/** The service account in an account file. */
export const serviceAccountOf = (content: Fields): Fields =>
  isObject(content.service_account) ? content.service_account : {};
