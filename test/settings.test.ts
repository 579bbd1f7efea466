// A setting is one row: a made-up one, known to this test alone, works everywhere without another line.

import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { answer } from '../src-main/operations/response.ts';
import { ConfigForm } from '../src-renderer/pages/config/config-form.tsx';
import { complete } from '../src-renderer/pages/config/editor-extensions.ts';
import { configKeysOf } from '../src-renderer/pages/config/keys.ts';
import { describeSettings } from '../src-shared/setting-descriptions.ts';
import { settings } from '../src-shared/settings.ts';
import { startTestApp, type TestApp } from './support/test-app.ts';

const table = {
  ...settings,
  'weather/umbrellas': { schema: z.int().min(1), default: 3, unit: 'MB', section: 'advanced', api: true },
  'weather/sky': { schema: z.enum(['blue', 'grey']), default: 'grey', section: 'advanced', api: true },
} as const;
const keys = configKeysOf(describeSettings(table));

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp({ options: { settings: table } });
});
afterEach(() => app.close());

const call = (name: string, input?: unknown) =>
  answer(app.app.receive, name, input, { kind: 'window' }, (error) => expect.unreachable(String(error)));
const get = async (path: string) => (await app.call('GET', path)).json();

test('a made-up row is read and written over HTTP and by the window, and stands in the config', async () => {
  expect(await get('/weather/umbrellas')).toEqual({ umbrellas: 3 });
  expect((await app.call('PUT', '/weather/umbrellas', { value: 5 })).status).toBe(200);
  expect(await call('weather/umbrellas.get')).toEqual({ ok: true, value: { value: 5 } });
  expect(await call('weather/sky.set', { value: 'blue' })).toMatchObject({ ok: true });
  expect(await get('/config')).toMatchObject({ weather: { umbrellas: 5, sky: 'blue' } });
  expect(app.readConfig()).toContain('weather:\n  umbrellas: 5\n  sky: blue\n');
  expect(await get('/openapi.json')).toHaveProperty(['paths', '/v0/management/weather/sky']);
});

test('a made-up row rejects what its schema does not take', async () => {
  expect((await app.call('PUT', '/weather/umbrellas', { value: 0 })).status).toBe(400);
  expect(await call('weather/sky.set', { value: 'green' })).toMatchObject({ ok: false, code: 'invalid_body' });
  expect((await app.send('PUT', '/config.yaml', 'weather: {umbrellas: 0}', {})).status).toBe(422);
});

test('a made-up row is a field of the form, with the control for its schema', () => {
  const form = createElement(ConfigForm, { keys, text: 'weather:\n  umbrellas: 5\n', onChange: () => {} });
  const html = renderToStaticMarkup(createElement(MantineProvider, null, createElement(MemoryRouter, null, form)));
  expect(html).toMatch(/<input[^>]*aria-label="weather\/umbrellas"[^>]*value="5 MB"/);
  expect(html).toMatch(/aria-label="weather\/sky"/);
});

test('a made-up row is completed in the YAML editor, with its values', () => {
  const completed = (doc: string) =>
    complete(
      keys,
      ({ path }) => path,
    )(new CompletionContext(EditorState.create({ doc }), doc.length, true))?.options.map(({ label }) => label);
  expect(completed('wea')).toContain('weather');
  expect(completed('weather:\n  umb')).toEqual(['umbrellas', 'sky']);
  expect(completed('weather:\n  sky: ')).toEqual(['blue', 'grey']);
});

test('the default of every setting is a value that its schema takes', () => {
  for (const [path, { schema, default: usual }] of Object.entries(settings)) {
    expect([path, schema.safeParse(usual).success]).toEqual([path, true]);
  }
});
