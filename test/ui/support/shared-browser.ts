// The Chromium of this worker. Closing it ends what this file opened, not the program.
import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** The clipboard is one per program: two files at a time must not share a browser. */
export function connectBrowser(): Promise<Browser> {
  const endpoints = inject('browserEndpoints');
  const endpoint = endpoints[Number(process.env.VITEST_POOL_ID) % endpoints.length];
  if (endpoint === undefined) throw new Error('no browser was started for this worker');
  return chromium.connect(endpoint);
}
