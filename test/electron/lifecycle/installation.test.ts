// Which file the system is told to start.
import { expect, test } from 'vitest';
import { installation } from '../../../src-main/electron/lifecycle/installation.ts';

const image = '/home/me/Apps/cli-proxy.AppImage';
const launcher = 'E:\\tools\\CLI Proxy Desktop.exe';

test.each([
  ['linux', {}, { executable: '/opt/app', isPortable: false }],
  ['linux', { APPIMAGE: image }, { executable: image, isPortable: false }],
  ['win32', { PORTABLE_EXECUTABLE_FILE: launcher }, { executable: launcher, isPortable: true }],
  ['win32', { APPIMAGE: image }, { executable: '/opt/app', isPortable: false }],
  ['darwin', { PORTABLE_EXECUTABLE_FILE: launcher }, { executable: '/opt/app', isPortable: false }],
] as const)('on %s with %j the system starts %j', (platform, environment, expected) => {
  expect(installation(platform, environment, '/opt/app')).toEqual(expected);
});
