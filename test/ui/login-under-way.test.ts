// The drawer of a running login, as all other views are looked at: nothing that axe finds, and no secret.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdLoginPorts } from '../support/login-ports.ts';
import { findingsOf } from './support/axe.ts';
import { openWindow } from './support/browser.ts';
import { sampleSetup } from './support/sample-world.ts';
import { secretsIn } from './support/secrets.ts';
import { startServer } from './support/server.ts';
import { connectBrowser } from './support/shared-browser.ts';
import { resultsIn, views } from './support/views.ts';
import { kinds } from './support/visit.ts';

holdLoginPorts();

let browser: Browser;
beforeAll(async () => {
  browser = await connectBrowser();
});
afterAll(() => browser.close());

const listening = views.filter(({ listens }) => listens);
const looks = (['en', 'zh-CN'] as const).flatMap((language) => kinds.map((kind) => [language, kind] as const));

test.each(looks)('a login under way in %s over %s has no finding and holds no secret', async (language, kind) => {
  const server = await startServer(kind, sampleSetup);
  const window = await openWindow(browser, server, { language });
  const found = await resultsIn(window, listening, async (page) => [
    ...(await secretsIn(page)),
    ...(await findingsOf(page)),
  ]);
  await window.close();
  await server.stop();
  expect(listening).not.toEqual([]);
  expect([...found, ...window.findings]).toEqual([]);
});
