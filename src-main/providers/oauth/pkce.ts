// States and PKCE pairs.
import { createHash, randomBytes } from 'node:crypto';

/** 128 random bits as hex behind a prefix. States are opaque to providers and clients; a prefix is only a look. */
export function randomState(prefix = ''): string {
  return prefix + randomBytes(16).toString('hex');
}

export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

/** A verifier of so many random bytes and its S256 challenge (RFC 7636). */
export function createPkce(bytes: number): Pkce {
  const verifier = randomBytes(bytes).toString('base64url');
  return { verifier, challenge: challengeOf(verifier) };
}

export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
