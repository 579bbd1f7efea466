// Rules of `payload`: what they change in the body that goes upstream.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePath, placesOf } from '../../src-main/gateway/payload/path.ts';
import { fitsWildcard } from '../../src-main/gateway/payload/wildcard.ts';
import { gatewayWorld, provider, responses, startUpstream } from './support/gateway-world.ts';

/** The body that goes upstream for a chat request. */
async function sent(payload: object, more: object = {}, headers: Readonly<Record<string, string>> = {}) {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['a'], { payload }));
  const body = { model: 'm', messages: [{ role: 'user', content: 'U' }], temperature: 1, ...more };
  await world.ask('/v1/chat/completions', body, headers);
  return upstream.calls[0]?.body ?? {};
}

const any = [{ name: '*' }];

test('default sets what the request lacks, and the first rule wins', async () => {
  const rules = [
    { models: any, params: { temperature: 0.3, top_p: 0.9 } },
    { models: any, params: { top_p: 0.1, seed: 5 } },
  ];
  expect(await sent({ default: rules })).toMatchObject({ temperature: 1, top_p: 0.9, seed: 5 });
});

test('override always sets, the last rule wins, and missing objects are made', async () => {
  const rules = [
    { models: any, params: { temperature: 0.1, 'metadata.tier.name': 'a', 'metadata.a\\.b': 1 } },
    { models: any, params: { temperature: 0.2 } },
  ];
  expect(await sent({ override: rules })).toMatchObject({
    temperature: 0.2,
    metadata: { tier: { name: 'a' }, 'a.b': 1 },
  });
});

test('raw values are JSON; a rule with one that is none has no effect, the others have', async () => {
  const rules = [
    { models: any, params: { stop: '[1,', seed: '7' } },
    { models: any, params: { stop: '["a","b"]', user: null, top_p: 0.5 } },
  ];
  const body = await sent({ 'override-raw': rules });
  expect(body).toMatchObject({ stop: ['a', 'b'], top_p: 0.5 });
  for (const name of ['seed', 'user']) expect(body).not.toHaveProperty(name);
});

test('filter takes out, from the last item to the first', async () => {
  const rules = [{ models: any, params: ['temperature', 'metadata.a', 'messages.#(role=="system")#', 'nothing.here'] }];
  const messages = [
    { role: 'system', content: '1' },
    { role: 'user', content: '2' },
    { role: 'system', content: '3' },
  ];
  const body = await sent({ filter: rules }, { metadata: { a: 1, b: 2 }, messages });
  expect(body).toMatchObject({ metadata: { b: 2 }, messages: [{ content: '2' }] });
  expect(body).not.toHaveProperty('temperature');
});

describe('a rule is for requests that fit all it says', () => {
  const set = (model: object) => ({ override: [{ models: [model], params: { seed: 1 } }] });
  const body = { metadata: { app: 'codex', off: null } };
  test.each([
    [{ name: 'm' }, true],
    [{ name: 'up' }, true],
    [{ name: 'UP' }, false],
    [{ name: 'u*' }, true],
    [{}, false],
    [{ name: '*', protocol: 'OpenAI' }, true],
    [{ name: '*', protocol: 'claude' }, false],
    [{ name: '*', 'from-protocol': 'openai' }, true],
    [{ name: '*', 'from-protocol': 'responses' }, false],
    [{ name: '*', headers: { 'X-App': 'c*' } }, true],
    [{ name: '*', headers: { 'X-None': '*' } }, false],
    [{ name: '*', match: [{ 'metadata.app': 'codex' }] }, true],
    [{ name: '*', match: [{ 'metadata.app': 'codex', temperature: 2 }] }, false],
    [{ name: '*', 'not-match': [{ temperature: 1 }] }, false],
    [{ name: '*', exist: ['metadata.app', 'messages.#(role=="user").content'] }, true],
    [{ name: '*', exist: ['metadata.off'] }, false],
    [{ name: '*', 'not-exist': ['metadata.off', 'metadata.none'] }, true],
    [{ name: '*', 'not-exist': ['metadata.app'] }, false],
  ])('%j: %s', async (model, fits) => {
    expect('seed' in (await sent(set(model), body, { 'x-app': 'codex' }))).toBe(fits);
  });
});

test.each<[string, unknown]>([
  ['list.1', { list: [1, 'S', { t: 'x', n: 3 }, { t: 'y', n: 4 }, { t: 'x', n: 5 }], text: 't' }],
  ['list.-1', { list: [1, 2, { t: 'x', n: 3 }, { t: 'y', n: 4 }, { t: 'x', n: 5 }, 'S'], text: 't' }],
  ['list.#(t=="x").n', { list: [1, 2, { t: 'x', n: 'S' }, { t: 'y', n: 4 }, { t: 'x', n: 5 }], text: 't' }],
  ['list.#(t=="x")#.n', { list: [1, 2, { t: 'x', n: 'S' }, { t: 'y', n: 4 }, { t: 'x', n: 'S' }], text: 't' }],
  ['list.#(t=="y"||n>4)#.n', { list: [1, 2, { t: 'x', n: 3 }, { t: 'y', n: 'S' }, { t: 'x', n: 'S' }], text: 't' }],
  ['list.#(t%"?" && n<=3).n', { list: [1, 2, { t: 'x', n: 'S' }, { t: 'y', n: 4 }, { t: 'x', n: 5 }], text: 't' }],
  ['list.#(t=="z").n', undefined],
  ['list.9', undefined],
  ['text.a.b', undefined],
  ['new.#(a==1).b', undefined],
])('%s', (text, expected) => {
  const body = { list: [1, 2, { t: 'x', n: 3 }, { t: 'y', n: 4 }, { t: 'x', n: 5 }], text: 't' };
  const changed = structuredClone(body);
  for (const { container, key } of placesOf(changed, parsePath(text) ?? [], true))
    Object.assign(container, { [key]: 'S' });
  expect(changed).toEqual(expected ?? body);
});

test('no text makes a path that reaches a prototype or throws', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const path = parsePath(text);
      if (path)
        for (const { container, key } of placesOf({ a: [{ b: 1 }] }, path, true))
          Object.assign(container, { [key]: 1 });
      expect(({} as Record<string, unknown>).a).toBeUndefined();
    }),
  );
  expect(parsePath('__proto__.x')).toBeUndefined();
});

test('wildcards', () => {
  expect(['gemini-3-pro', 'x-gemini'].map((name) => fitsWildcard(name, 'gemini-*'))).toEqual([true, false]);
  expect(fitsWildcard('a'.repeat(5_000), `${'a*'.repeat(50)}b`)).toBe(false);
  expect([fitsWildcard('ab', 'a?'), fitsWildcard('ab', 'a?', '?')]).toEqual([false, true]);
});
