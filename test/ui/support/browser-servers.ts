// One Chromium for each worker, started before the first test and ended after the last.
import { type BrowserServer, chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { browserOptions } from './browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Addresses of the browsers, one for each worker. */
    readonly browserEndpoints: readonly string[];
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const options = await browserOptions();
  const servers: BrowserServer[] = [];
  for (let count = 0; count < project.config.maxWorkers; count += 1) servers.push(await chromium.launchServer(options));
  project.provide(
    'browserEndpoints',
    servers.map((server) => server.wsEndpoint()),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.close()));
  };
}
