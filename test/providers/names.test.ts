// Knowledge of one provider stands in its row and its file: nothing else in the program names it.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { formats } from '../../src-main/gateway/formats/formats.ts';
import { keyProviders, providerRows, signInProviders } from '../../src-shared/providers.ts';

/** Where a provider may be named: its row, its file, and the texts of the window. Tools of users have such names too. */
const homes = [
  'src-shared/providers.ts',
  'src-main/providers/',
  'src-renderer/i18n/',
  'src-main/agents/tools/',
  'src-renderer/pages/home/programs.ts',
];

/** Styles in which clients send a key. They are named after services, but are no providers. */
const keyStyles = 'src-renderer/pages/keys/keys.tsx';

/** The words by which rules of `payload` in the config name formats: their list, and the member of a format. */
const payloadTerms = 'src-main/gateway/formats/payload-names.ts';
const payloadMember = /^ {2}payloadNames: \{[^{}\n]*\},$/gm;

const names = new Set([
  ...Object.keys(providerRows),
  ...signInProviders.flatMap(({ signIn }) => [signIn.login, ...signIn.types, ...signIn.aliases]),
  ...keyProviders.map(({ keys }) => keys.list),
]);

/** Inside the gateway some of these words name a wire format, or the family of formats it belongs to. */
const gatewayWords = new Set([...Object.keys(formats), 'openai', 'anthropic', 'google']);

const files = globSync('src-*/**/*.{ts,tsx}')
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => file !== keyStyles && file !== payloadTerms && !homes.some((home) => file.startsWith(home)));

function namedIn(file: string): string[] {
  const code = readFileSync(file, 'utf8')
    .replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')
    .replace(payloadMember, '');
  const found = [...code.matchAll(/'([^'\n]*)'/g)].map(([, text]) => text ?? '').filter((text) => names.has(text));
  return file.startsWith('src-main/gateway/') ? found.filter((text) => !gatewayWords.has(text)) : found;
}

test('no file but its own names a provider', () => {
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((file) => namedIn(file).map((name) => `${file}: ${name}`))).toEqual([]);
});
