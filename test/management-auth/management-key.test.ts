import { hashSync } from 'bcryptjs';
import { expect, onTestFinished, test } from 'vitest';
import { BcryptPool } from '../../src-main/management-auth/bcrypt-pool.ts';
import { ManagementKey } from '../../src-main/management-auth/management-key.ts';
import { snapshotOf } from '../support/snapshot.ts';

const hash = hashSync('right', 4);

/** A pool that counts, and can be told to be slow to answer. */
class CountingPool extends BcryptPool {
  comparisons = 0;

  override compare(plain: string, secret: string): Promise<boolean> {
    this.comparisons++;
    return super.compare(plain, secret);
  }
}

function open(secret: string, passwords: { environmentPassword?: string; localPassword?: string } = {}) {
  const state = { snapshot: snapshotOf({ 'secret-key': secret }) };
  const bcrypt = new CountingPool({ waiting: 4 });
  onTestFinished(() => bcrypt.close());
  const key = new ManagementKey({ current: () => state.snapshot, bcrypt, ...passwords });
  const verdict = async (text: string, local = true) => (await key.verify(text, local)).kind;
  const setSecret = (text: string) => {
    state.snapshot = snapshotOf({ 'secret-key': text });
  };
  return { key, verdict, bcrypt, setSecret };
}

test('a key that verified costs no second comparison, a wrong one costs one each time', async () => {
  const { verdict, bcrypt } = open(hash);
  expect(await verdict('right')).toBe('accepted');
  expect(await verdict('right')).toBe('accepted');
  expect(bcrypt.comparisons).toBe(1);
  expect(await verdict('wrong')).toBe('rejected');
  expect(await verdict('wrong')).toBe('rejected');
  expect(bcrypt.comparisons).toBe(3);
  expect(await verdict('right')).toBe('accepted');
  expect(bcrypt.comparisons).toBe(3);
});

test('a key is forgotten when the hash changes', async () => {
  const { verdict, setSecret } = open(hash);
  expect(await verdict('right')).toBe('accepted');
  setSecret(hashSync('another', 4));
  expect(await verdict('right')).toBe('rejected');
  expect(await verdict('another')).toBe('accepted');
});

test('a key changed while the old one is compared is not accepted any more', async () => {
  const { verdict, setSecret } = open(hash);
  const running = verdict('right');
  setSecret(hashSync('another', 4));
  expect(await running).toBe('rejected');
});

test('requests with the same key at the same time share one comparison', async () => {
  const { verdict, bcrypt } = open(hash);
  const verdicts = await Promise.all(Array.from({ length: 50 }, () => verdict('right')));
  expect(new Set(verdicts)).toEqual(new Set(['accepted']));
  expect(bcrypt.comparisons).toBe(1);
});

test('more different keys than can wait are told to come back', async () => {
  const { key } = open(hashSync('right', 8));
  const verdicts = await Promise.all(Array.from({ length: 12 }, (_, index) => key.verify(`wrong ${index}`, false)));
  expect(verdicts.filter(({ kind }) => kind === 'rejected')).toHaveLength(6);
  expect(verdicts.filter(({ kind }) => kind === 'busy')).toHaveLength(6);
  expect(verdicts.at(-1)).toEqual({ kind: 'busy', retryAfterSeconds: 1 });
});

test('a key of more than 72 bytes fails without a comparison', async () => {
  const { verdict, bcrypt } = open(hashSync('ä'.repeat(36), 4));
  expect(await verdict('ä'.repeat(36))).toBe('accepted');
  expect(await verdict('ä'.repeat(37))).toBe('rejected');
  expect(bcrypt.comparisons).toBe(1);
});

test.each([
  '$2a$x',
  '$2a$04$short',
  `${hash}x`,
  hash.replace('$04$', '$03$'),
  hash.replace('$04$', '$32$'),
  `${hash.slice(0, -1)}!`,
])('nothing matches the malformed hash %s, not even itself', async (secret) => {
  const { verdict, bcrypt } = open(secret);
  expect(await verdict('right')).toBe('rejected');
  expect(await verdict(secret)).toBe('rejected');
  expect(bcrypt.comparisons).toBe(0);
});

test.each(['$2a$', '$2b$', '$2y$'])('a hash of version %s is understood', async (version) => {
  const { verdict } = open(version + hash.slice(4));
  expect(await verdict('right')).toBe('accepted');
});

test('a plain-text key that has not been hashed yet works', async () => {
  const { verdict } = open('plain');
  expect(await verdict('plain')).toBe('accepted');
  expect(await verdict('plaim')).toBe('rejected');
});

test('MANAGEMENT_PASSWORD counts from everywhere, trimmed, and beside the configured key', async () => {
  const { key, verdict, bcrypt } = open(hash, { environmentPassword: '  env \n' });
  expect(key.allowsRemote).toBe(true);
  expect(await verdict('env', false)).toBe('accepted');
  expect(bcrypt.comparisons).toBe(0);
  expect(await verdict('right', false)).toBe('accepted');
  expect(await verdict('  env \n', false)).toBe('rejected');
});

test('a blank MANAGEMENT_PASSWORD is none', async () => {
  const { key, verdict } = open('', { environmentPassword: '   ' });
  expect(key.isConfigured).toBe(false);
  expect(key.allowsRemote).toBe(false);
  expect(await verdict('')).toBe('rejected');
  expect(await verdict('   ')).toBe('rejected');
});

test('the local password counts on this machine only, untrimmed, and does not open the API by itself', async () => {
  const { key, verdict } = open('', { localPassword: ' local ' });
  expect(key.isConfigured).toBe(false);
  expect(await verdict(' local ', true)).toBe('accepted');
  expect(await verdict('local', true)).toBe('rejected');
  expect(await verdict(' local ', false)).toBe('rejected');
});
