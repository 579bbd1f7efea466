import path from 'node:path';
import { expect, test } from 'vitest';
import { appDir, configPath } from '../../src-main/config/app-paths.ts';

test.each([
  [
    'win32',
    { APPDATA: 'C:\\Users\\u\\AppData\\Roaming' },
    'C:\\Users\\u',
    'C:\\Users\\u\\AppData\\Roaming\\cli-proxy-desktop',
  ],
  ['win32', {}, 'C:\\Users\\u', 'C:\\Users\\u\\AppData\\Roaming\\cli-proxy-desktop'],
  ['darwin', { XDG_CONFIG_HOME: '/x' }, '/Users/u', '/Users/u/Library/Application Support/cli-proxy-desktop'],
  ['linux', {}, '/home/u', '/home/u/.config/cli-proxy-desktop'],
  ['linux', { XDG_CONFIG_HOME: '/x' }, '/home/u', '/x/cli-proxy-desktop'],
  ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/u', '/home/u/.config/cli-proxy-desktop'],
] as const)('the folder of the program on %s with %o', (platform, env, home, folder) => {
  expect(appDir({ platform, env, home })).toBe(folder);
});

test('the config is where the command line says, else the environment, else in the folder of the program', () => {
  const surroundings = { platform: 'linux', env: { CLI_PROXY_CONFIG: '/env.yaml' }, home: '/home/u' } as const;
  expect(configPath('asked.yaml', surroundings)).toBe(path.resolve('asked.yaml'));
  expect(configPath(undefined, surroundings)).toBe(path.resolve('/env.yaml'));
  expect(configPath(undefined, { ...surroundings, env: {} })).toBe('/home/u/.config/cli-proxy-desktop/config.yaml');
});
