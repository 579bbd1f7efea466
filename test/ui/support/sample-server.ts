// The sample world on a server and a browser that all tests of a file share.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { fillSample, sampleSetup } from './sample-world.ts';
import { startServer, type TestServer } from './server.ts';
import { connectBrowser } from './shared-browser.ts';

interface SampleServer {
  readonly browser: Browser;
  readonly server: TestServer;
}

/** To be read inside tests only. */
export function startSampleServer(): SampleServer {
  let started: SampleServer;
  beforeAll(async () => {
    started = { browser: await connectBrowser(), server: await startServer('http', sampleSetup) };
    await fillSample(started.server);
  });
  afterAll(async () => {
    await started.browser.close();
    await started.server.stop();
  });
  return {
    get browser() {
      return started.browser;
    },
    get server() {
      return started.server;
    },
  };
}
