// The files for servers name options, versions and flags that exist.
import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import pkg from '../package.json' with { type: 'json' };
import { serverFlags } from '../scripts/server-flags.mjs';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const files = ['Dockerfile', 'compose.yaml', 'compose.team.yaml', 'kubernetes.yaml', 'cli-proxy-desktop.service'];
const help = read('src-main/run-headless.ts');

test.each(files)('deploy/%s starts the server with options that it has', (name) => {
  const commands = [...read(`deploy/${name}`).matchAll(/out\/headless\.js(.*)$/gm)].map(([, rest = '']) => rest);
  expect(commands.length).toBeGreaterThan(0);
  const options = commands.flatMap((rest) => rest.match(/--[a-z-]+/g) ?? []);
  expect(options).toContain('--config');
  for (const option of options) expect(help).toContain(`  ${option} `);
});

test.each(['Dockerfile', 'kubernetes.yaml', 'cli-proxy-desktop.service'])('deploy/%s gives Node its flags', (name) => {
  for (const flag of serverFlags) expect(read(`deploy/${name}`)).toContain(flag);
});

test('the image is built with the Node that the program is tested on', () => {
  expect(read('deploy/Dockerfile')).toContain(`FROM node:${pkg.devDependencies.node}-`);
});

test.each(['compose.yaml', 'compose.team.yaml', 'kubernetes.yaml'])('deploy/%s can be read', (name) => {
  expect(loadAll(read(`deploy/${name}`)).length).toBeGreaterThan(0);
});
