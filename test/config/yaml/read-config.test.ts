import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src-main/config/yaml/config-error.ts';
import { placeOfKey, readConfig } from '../../../src-main/config/yaml/read-config.ts';

describe('values are read by the type of their field', () => {
  test.each(['true', 'True', 'TRUE', 'y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', '"yes"', "'on'"])(
    '%s is true',
    (text) => {
      expect(readConfig(`debug: ${text}\n`).debug).toBe(true);
    },
  );

  test.each(['false', 'False', 'FALSE', 'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', '"no"', '', '~', 'null'])(
    '%j is false',
    (text) => {
      expect(readConfig(`debug: ${text}\n`).debug).toBe(false);
    },
  );

  test.each([
    ['12', 12],
    ['-3', -3],
    ['+4', 4],
    ['0x1F', 31],
    ['0o17', 15],
    ['017', 15],
    ['0b101', 5],
    ['1_000', 1000],
    ['3.7', 3],
    ['-3.7', -3],
    ['1e2', 100],
  ])('the number %s is %d', (text, number) => {
    expect(readConfig(`request-retry: ${text}\n`)['request-retry']).toBe(number);
  });

  test.each(['123', 'true', '1.50', '2001-12-14', 'yes', '0x1F', '1_000', 'a b'])(
    'the text %s stays as written',
    (text) => {
      const config = readConfig(`proxy-url: ${text}\napi-keys:\n  - ${text}\noauth-excluded-models: {a: [${text}]}\n`);
      expect([config['proxy-url'], config['api-keys'], config['oauth-excluded-models']]).toEqual([
        text,
        [text],
        { a: [text] },
      ]);
    },
  );

  test('null is the default, and null items of a list are skipped', () => {
    const config = readConfig(
      'host: ~\nport:\nremote-management: null\nclaude-api-key:\napi-keys: [a, ~, b, null]\ngemini-api-key:\n  -\n  - api-key: g\n    models: ~\n',
    );
    expect(config).toEqual({
      ...readConfig('x: 1\n'),
      'api-keys': ['a', 'b'],
      'gemini-api-key': [{ 'api-key': 'g' }],
      x: undefined,
    });
  });

  test('unknown keys are read by the core schema and kept at every depth', () => {
    const text =
      'x: [1, 0o17, 0x1F, 1.5, yes, true, ~, 2001-12-14, !!str 12, "1", .inf]\nrouting: {own: no}\ncodex-api-key:\n  - priority: 3\n';
    const config = readConfig(text);
    expect(config.x).toEqual([1, 15, 31, 1.5, 'yes', true, null, '2001-12-14', '12', '1', Number.POSITIVE_INFINITY]);
    expect(config.routing).toMatchObject({ strategy: 'round-robin', own: 'no' });
    expect(config['codex-api-key']).toEqual([{ priority: 3 }]);
  });

  test.each([
    ['""', 'round-robin'],
    ['Round-Robin', 'round-robin'],
    ['RR', 'round-robin'],
    ['"fill-first "', 'fill-first'],
    ['FF', 'fill-first'],
    ['wrr', 'weighted-round-robin'],
    ['weightedRoundRobin', 'weighted-round-robin'],
    ['sr', 'soonest-reset'],
    ['sticky', 'round-robin'],
    ['constructor', 'round-robin'],
    ['~', 'round-robin'],
  ])('routing.strategy %s reads as %s', (written, meant) => {
    expect(readConfig(`routing: {strategy: ${written}}\n`).routing.strategy).toBe(meant);
  });

  test('aliases and merges are followed; own keys win, then earlier sources', () => {
    const text =
      'x: &a {k: 1, l: 1}\ny: &b {l: 2, m: 2}\nz:\n  <<: [*a, *b]\n  k: 0\napi-keys: &keys [q]\ngenerative-language-api-key: *keys\n';
    const config = readConfig(text);
    expect(config.z).toEqual({ k: 0, l: 1, m: 2 });
    expect(config['generative-language-api-key']).toEqual(['q']);
  });

  test('only the first of several documents counts, with byte order mark and Windows line ends', () => {
    const config = readConfig(
      '\ufeff%YAML 1.2\r\n---\r\ndebug: yes\r\napi-keys:\r\n  - a\r\n...\r\n---\r\ndebug: 5\r\n',
    );
    expect([config.debug, config['api-keys']]).toEqual([true, ['a']]);
  });

  test('a key that would change the prototype is an ordinary key', () => {
    readConfig('__proto__: {polluted: yes}\nx: {__proto__: {polluted: yes}, constructor: 1}\n');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('every error names key, line and column', () => {
  test.each([
    ['a: 1\n\ndebug: maybe\n', 'line 3, column 8: debug: must be true or false.'],
    ['debug: "true"\n', 'line 1, column 8: debug: must be true or false.'],
    ['port: "8317"\n', 'line 1, column 7: port: must be a whole number.'],
    ['port: abc\n', 'line 1, column 7: port: must be a whole number.'],
    ['request-retry: 99999999999999999999\n', 'line 1, column 16: request-retry: must be a whole number.'],
    ['port: 70000\n', 'line 1, column 7: port: a port is a number from 0 to 65535.'],
    ['api-keys: abc\n', 'line 1, column 11: api-keys: must be a list.'],
    ['api-keys:\n  - a\n  - {b: c}\n', 'line 3, column 5: api-keys[1]: must be text.'],
    [
      'claude-api-key:\n  - api-key: k\n    models:\n      - name: [x]\n',
      'line 4, column 15: claude-api-key[0].models[0].name: must be text.',
    ],
    ['routing: round-robin\n', 'line 1, column 10: routing: must be a mapping of keys to values.'],
    ['debug: true\r\nport: 1\r\ndebug: false\r\n', 'line 3, column 1: debug: the key is there twice.'],
    ['\ufeffdebug: [1]\n', 'line 1, column 8: debug: must be true or false.'],
    ['x: *nobody\n', 'line 1, column 4: there is no anchor &nobody before this alias.'],
    ['x: &a [*a]\n', 'line 1, column 8: the alias *a stands inside its own anchor.'],
    ['x: !!set {a, b}\n', 'line 1, column 4: x: the tag !!set is not known here.'],
    ['- a\n', 'line 1, column 1: the document must be a mapping of keys to values.'],
    ['hello\n', 'line 1, column 1: the document must be a mapping of keys to values.'],
    ['', 'line 1, column 1: the document is empty; it must be a mapping of keys to values.'],
    ['# nothing\n', 'line 1, column 1: the document is empty; it must be a mapping of keys to values.'],
    ['a:\n\t- b\n', 'line 2, column 1: tab characters must not be used in indentation.'],
  ])('%j', (text, message) => {
    expect(() => readConfig(text)).toThrow(expect.objectContaining({ code: 'invalid_config', message }));
  });

  test.each([
    'debug: [unclosed\n',
    'a: b: c\n',
    'a: 1\n b: 2\n',
    '"abc',
    'a: \u0001\n',
    'a: \u0000\n',
    '? [a]\n: b\n',
    'routing: {strategy: [random]}\n',
  ])('%j has a place', (text) => {
    expect(() => readConfig(text)).toThrow(ConfigError);
    expect(() => readConfig(text)).toThrow(/^line \d+, column \d+: ./);
  });

  test('aliases that unfold without end are rejected at once', () => {
    const lines = ['x0: &x0 [a, a, a, a, a, a, a, a, a, a]'];
    for (let at = 1; at < 12; at += 1)
      lines.push(
        `x${at}: &x${at} [${Array(10)
          .fill(`*x${at - 1}`)
          .join(', ')}]`,
      );
    const start = performance.now();
    const before = process.memoryUsage().heapUsed;
    expect(() => readConfig(lines.join('\n'))).toThrow(
      /^line 5, column 25: \*x3: the aliases unfold to too many values/,
    );
    expect(performance.now() - start).toBeLessThan(50);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
  });

  test('merged mappings that unfold without end are rejected at once', () => {
    const lines = ['x0: &x0 {a: 1, b: 2, c: 3}'];
    for (let at = 1; at < 30; at += 1) lines.push(`x${at}: &x${at} {<<: [*x${at - 1}, *x${at - 1}, *x${at - 1}]}`);
    expect(() => readConfig(lines.join('\n'))).toThrow(/too many values/);
  });

  test('twenty thousand keys are rejected with a sentence', () => {
    const text = Array.from({ length: 200_000 }, (_, at) => `k${at}: 1\n`).join('');
    expect(() => readConfig(text)).toThrow(/^line 20001, column 1: there are more than 20,000 keys here\.$/);
  });
});

test('the place of a key is the place of its value, null items of lists not counted', () => {
  const text = 'debug: true\napi-keys: [a, ~, b]\nremote-management:\n  secret-key: s\n';
  expect([
    placeOfKey(text, ['remote-management', 'secret-key']),
    placeOfKey(text, ['api-keys', 1]),
    placeOfKey(text, ['host']),
  ]).toEqual([{ line: 4, column: 15 }, { line: 2, column: 18 }, undefined]);
});

describe('client policies and model chains', () => {
  test('fractions are kept where a number may have one', () => {
    const config = readConfig(
      'first-byte-timeout-seconds: 0.6\nclient-policies:\n  - api-key: a\n    limits: [{cost: 0.5, per: month}]\n',
    );
    expect(config['first-byte-timeout-seconds']).toBe(0.6);
    expect(config['client-policies'][0]?.limits).toEqual([{ cost: 0.5, per: 'month' }]);
  });

  const policy = (more: string) => `client-policies:\n  - api-key: a\n    ${more}\n`;
  test.each([
    [policy('limits: [{requests: -1, per: day}]'), 'line 3, column 25: client-policies[0].limits[0].requests'],
    [policy('limits: [{requests: 1, per: fortnight}]'), 'line 3, column 33: client-policies[0].limits[0].per'],
    [policy('limits: [{wishes: 1, per: day}]'), 'line 3, column 14: client-policies[0].limits[0]'],
    [policy('limits: [{requests: 1, tokens: 1, per: day}]'), 'line 3, column 14: client-policies[0].limits[0]'],
    [policy('limits: [{per: day}]'), 'line 3, column 14: client-policies[0].limits[0]'],
    [policy('expires: 2026-02-30'), 'line 3, column 14: client-policies[0].expires'],
    [policy('max-concurrent: -1'), 'line 3, column 21: client-policies[0].max-concurrent'],
    ['client-policies: [{api-key: a}, {api-key: a}]', 'line 1, column 43: client-policies[1].api-key'],
    ['client-policies: [{name: a}]', 'line 1, column 19: client-policies[0]'],
    ['model-chains: {best: []}', 'line 1, column 22: model-chains.best'],
    ['model-chains: {best: [a, Other], other: [b]}', 'line 1, column 26: model-chains.best[1]'],
    ['model-chains: {best: [a], BEST: [b]}', 'line 1, column 33: model-chains.BEST'],
    ['claude-api-key: [{api-key: a, weight: -1}]', 'line 1, column 39: claude-api-key[0].weight'],
    ['idle-timeout-seconds: -1', 'line 1, column 23: idle-timeout-seconds'],
    ['routing: {session-affinity: maybe}', 'line 1, column 29: routing.session-affinity'],
  ])('%j is invalid, and the error names its place', (text, place) => {
    expect(() => readConfig(text)).toThrow(place);
  });

  test.each(['soon', '0', '-5m', '0s'])('a session that would be kept for %j is kept for an hour', (ttl) => {
    expect(readConfig(`routing: {session-affinity-ttl: "${ttl}"}`).routing['session-affinity-ttl']).toBe('1h');
  });

  test('a chain may name the model that it hides', () => {
    expect(readConfig('model-chains: {best: [a, Best]}')['model-chains']).toEqual({ best: ['a', 'Best'] });
  });
});
