// What changes of a list leave in the config file.
import { afterEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './support/test-app.ts';

let app: TestApp;
afterEach(() => app.close());

test.each([
  ['/api-keys?value=none', ''],
  ['/api-keys?value=none', 'auth: {providers: [{type: config-api-key, api-keys: [k]}]}\n'],
  ['/claude-api-key?api-key=none', 'claude-api-key: [{api-key: c}]\n'],
  ['/codex-api-key?api-key=x&base-url=', 'codex-api-key: [{api-key: x, base-url: u}, {api-key: unfinished}]\n'],
  ['/openai-compatibility?name=none', 'openai-compatibility: [{name: p, base-url: u, api-keys: [a]}]\n'],
  ['/generative-language-api-key?value=none', 'generative-language-api-key: [g]\n'],
])('DELETE %s that finds nothing leaves the file as it is', async (path, config) => {
  app = await startTestApp({ config });
  const before = app.readConfig();
  expect((await app.call('DELETE', path)).status).toBe(200);
  expect(app.readConfig()).toBe(before);
});
