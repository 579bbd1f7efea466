// What the window keeps to itself: secrets are in no page that does not show them, and nobody but our server is asked.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWindow } from './support/browser.ts';
import { fillSample, sampleSetup } from './support/sample-world.ts';
import { secretsIn } from './support/secrets.ts';
import { startServer, type TransportKind } from './support/server.ts';
import { connectBrowser } from './support/shared-browser.ts';
import { resultsIn, type View, views } from './support/views.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await connectBrowser();
});
afterAll(() => browser.close());

/** The editor and the comparison show the file as it is; that is what they are for. */
const showsTheFile = ({ name }: View) => ['config', 'form', 'history', 'review'].includes(name);
const kinds: readonly TransportKind[] = ['http', 'ipc'];

describe.each(kinds)('over %s', (kind) => {
  test('no place holds a secret, breaks the security policy or asks a stranger', async () => {
    const server = await startServer(kind, sampleSetup);
    await fillSample(server);
    const window = await openWindow(browser, server);
    const found = await resultsIn(
      window,
      views.filter((place) => !showsTheFile(place) && !place.listens),
      secretsIn,
    );
    await window.close();
    await server.stop();
    expect([...found, ...window.findings]).toEqual([]);
  });
});
