// Looking for updates with the real updater: not without a feed, and then from the feed only.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeAuthority } from '../conformance/oauth/authority.mjs';
import { configOf, prepareHome, startDesktop, until } from '../support/desktop.ts';

/** The next version: a program that runs and ends. */
const image = Buffer.from('#!/bin/sh\nexit 0\n');

/** Serves a version and remembers what it was asked for. */
async function startFeed(version: string) {
  const { ca, cert, key } = makeAuthority('update feed', ['localhost']);
  const asked: string[] = [];
  const sha512 = createHash('sha512').update(image).digest('base64');
  const latest = {
    version,
    files: [{ url: 'app.AppImage', sha512, size: image.length }],
    path: 'app.AppImage',
    sha512,
    releaseDate: '2026-11-25T00:00:00.000Z',
  };
  const server = createServer({ cert, key }, (request, response) => {
    asked.push(request.url?.split('?')[0] ?? '');
    if (request.url?.startsWith('/latest-linux')) response.end(JSON.stringify(latest));
    else if (request.url?.startsWith('/app.AppImage')) response.end(image);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `https://localhost:${(server.address() as AddressInfo).port}/`, ca, asked };
}

function homeWithFeed(url: string, ca: string) {
  const home = prepareHome('');
  const authority = path.join(home, 'ca.pem');
  writeFileSync(authority, ca);
  writeFileSync(
    path.join(path.dirname(configOf(home)), 'desktop.json'),
    JSON.stringify({ preferences: { updateFeed: url } }),
  );
  const appImage = path.join(home, 'old.AppImage');
  writeFileSync(appImage, 'the present version');
  const env = { NODE_EXTRA_CA_CERTS: authority, STAND_IN_PACKAGED: '1', XDG_CACHE_HOME: path.join(home, 'cache') };
  return { home, env: { ...env, APPIMAGE: appImage } };
}

const titles = async (desktop: ReturnType<typeof startDesktop>) =>
  (await desktop.asked()).notifications.map(({ title }) => title);

test('without a feed nobody is asked, and the tray says where to set one', async () => {
  const desktop = startDesktop({ args: ['--hidden'] });
  await desktop.address();
  await desktop.chooseInTray('Check for updates…');
  await until(
    () => titles(desktop),
    (seen) => seen.includes('No update source is set'),
  );
});

test.runIf(process.platform === 'linux')(
  'a newer version is fetched at the start, told once, and not installed by quitting',
  async () => {
    const feed = await startFeed('9.9.9');
    const { home, env } = homeWithFeed(feed.url, feed.ca);
    const desktop = startDesktop({ home, env, args: ['--hidden'] });
    await until(
      () => titles(desktop),
      (seen) => seen.includes('An update is ready'),
    );
    expect(feed.asked).toContain('/app.AppImage');
    await desktop.quit();
    expect(await desktop.exit).toBe(0);
    expect(readFileSync(env.APPIMAGE, 'utf8')).toBe('the present version');
  },
);

test.runIf(process.platform === 'linux')('a version is installed once the person agrees', async () => {
  const feed = await startFeed('9.9.9');
  const { home, env } = homeWithFeed(feed.url, feed.ca);
  const desktop = startDesktop({ home, env, args: ['--hidden'] });
  await until(
    () => titles(desktop),
    (seen) => seen.includes('An update is ready'),
  );
  await desktop.answer({ button: 1 });
  await desktop.clickNotification(-1);
  await until(
    async () => (await desktop.asked()).dialogs,
    (dialogs) => dialogs.length === 1,
  );
  expect(readFileSync(env.APPIMAGE, 'utf8')).toBe('the present version');
  await desktop.answer({ button: 0 });
  await desktop.chooseInTray('Check for updates…');
  expect(await desktop.exit).toBe(0);
  expect(readFileSync(env.APPIMAGE, 'utf8')).toBe(image.toString());
});

test.runIf(process.platform === 'linux')('the same version is no news; asked for, the answer says so', async () => {
  const feed = await startFeed('0.1.0');
  const { home, env } = homeWithFeed(feed.url, feed.ca);
  const desktop = startDesktop({ home, env, args: ['--hidden'] });
  await desktop.address();
  expect(await titles(desktop)).toEqual([]);
  await desktop.chooseInTray('Check for updates…');
  await until(
    () => titles(desktop),
    (seen) => seen.includes('You have the latest version'),
  );
});
