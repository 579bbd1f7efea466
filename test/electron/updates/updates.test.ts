// Updates on Windows: only with the name of a publisher, whose signature the updater then demands.
import { expect, test } from 'vitest';
import { desktopText } from '../../../src-main/electron/text/desktop-text.ts';
import { updateConfig } from '../../../src-main/electron/updates/update-config.ts';
import { Updates } from '../../../src-main/electron/updates/updates.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const url = 'https://127.0.0.1:9/';

/** Checks for updates as on Windows; what the person and the log are told. */
async function checked(publisher: string): Promise<readonly string[]> {
  const told: string[] = [];
  const updates = new Updates({
    platform: 'win32',
    publisher,
    feedUrl: () => url,
    directory: tempFolder(),
    text: desktopText('en'),
    show: (title) => told.push(title),
    onReady: () => told.push('ready'),
    confirm: async () => false,
    quit: () => told.push('quit'),
    quitWith: () => told.push('quit'),
    log: (line) => told.push(line),
  });
  await updates.check({ inBackground: false });
  return told;
}

test('a Windows build that names no publisher asks no feed', async () => {
  expect(await checked('')).toEqual(['This build cannot update itself']);
});

test('the updater is told whose signature to demand', () => {
  expect(JSON.parse(updateConfig({ url, publisher: 'CN=Example Ltd' }))).toMatchObject({
    url,
    publisherName: ['CN=Example Ltd'],
  });
  expect(JSON.parse(updateConfig({ url, publisher: '' }))).not.toHaveProperty('publisherName');
});
