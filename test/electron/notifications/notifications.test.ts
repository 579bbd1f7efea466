import { expect, test } from 'vitest';
import {
  blockedClientNotification,
  notificationsFor,
  requestLogNotification,
} from '../../../src-main/electron/notifications/notifications.ts';
import { desktopText } from '../../../src-main/electron/text/desktop-text.ts';
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import type { AppEvent } from '../../../src-shared/events.ts';

const text = desktopText('en');
const common = { revision: 1, actor: { kind: 'app' } } as const;
const monday = new Date(2026, 10, 23, 12).getTime();
const tuesday = new Date(2026, 10, 24, 12).getTime();

const failing = {
  name: 'a.json',
  email: 'a@example.com',
  provider: 'codex',
  status: 'error',
  trouble: 'login',
  disabled: false,
};
const accounts = (file: object): AppEvent => ({ event: 'accounts', ...common, files: [file as AccountFile] });

test('an account that needs a login is told once a day', () => {
  const names = [monday, monday + 3_600_000, tuesday].map(
    (now) => notificationsFor(accounts(failing), text, now)[0]?.once,
  );
  expect(names[0]).toBe(names[1]);
  expect(names[0]).not.toBe(names[2]);
  expect(notificationsFor(accounts({ ...failing, disabled: true }), text, monday)).toEqual([]);
  expect(notificationsFor(accounts({ ...failing, status: 'cooling', trouble: '' }), text, monday)).toEqual([]);
});

test('each notice leads to where it can be fixed', () => {
  const routes = [
    ...notificationsFor({ event: 'config-broken', ...common, message: 'bad', line: 12, column: 1 }, text, monday),
    ...notificationsFor(
      { event: 'server', ...common, state: 'failed', address: '', message: 'Port taken.' },
      text,
      monday,
    ),
    ...notificationsFor(
      { event: 'login', ...common, state: 's', provider: 'codex', status: 'error', step: 'failed', error: 'Denied.' },
      text,
      monday,
    ),
    blockedClientNotification('192.0.2.7', text),
  ].map(({ kind, route }) => `${kind} ${route}`);
  expect(routes).toEqual([
    'config-broken config/12',
    'server-failed home',
    'login-finished accounts',
    'remote-blocked settings/remote-management/allow-remote',
  ]);
});

test('what goes well, and what the person does, is not told', () => {
  const quiet: readonly AppEvent[] = [
    { event: 'server', ...common, state: 'running', address: 'http://127.0.0.1:1' },
    { event: 'login', ...common, state: 's', provider: 'codex', status: 'wait', step: 'waiting' },
    { event: 'login', ...common, state: 's', provider: 'codex', status: 'cancelled', step: 'cancelled' },
    { event: 'log', ...common, lines: ['x'] },
  ];
  expect(quiet.flatMap((event) => notificationsFor(event, text, monday))).toEqual([]);
});

test('growing logs are told at each further 500 MB', () => {
  expect(requestLogNotification(499_000_000, text)).toBeUndefined();
  expect(requestLogNotification(600_000_000, text)?.body).toContain('600 MB');
  expect(requestLogNotification(600_000_000, text)?.once).toBe(requestLogNotification(900_000_000, text)?.once);
  expect(requestLogNotification(1_100_000_000, text)?.once).not.toBe(requestLogNotification(900_000_000, text)?.once);
});

test('notices of limits, failing requests and the history are told, each once; others have their own notification', () => {
  const notice = (type: string, data: object): AppEvent =>
    ({ event: 'notice', ...common, type, created_at: '2026-11-23T12:00:00.000Z', data }) as AppEvent;
  const limit = (name: string) => ({ account: { name, provider: 'codex' }, window: { id: '5h', label: '5 hours' } });
  const told = [
    notice('limit-warning', limit('a.json')),
    notice('limit-reached', limit('a.json')),
    notice('limit-reached', limit('b.json')),
    notice('limit-renewed', limit('a.json')),
    notice('requests-failing', { failed: 5, requests: 6, seconds: 300, error: 'gone' }),
    notice('history-damaged', { file: '/x.damaged' }),
    notice('history-unavailable', { reason: 'read-only disk' }),
    notice('config-invalid', { message: 'bad', line: 1, column: 1 }),
    notice('login-needed', { account: { name: 'a.json', provider: 'codex' } }),
    notice('update', { version: '9.9.9' }),
  ].flatMap((event) => notificationsFor(event, text, monday));
  expect(told.map(({ kind, body, route }) => `${kind} | ${body} | ${route}`)).toEqual([
    'limit-warning | a.json: 5 hours | accounts',
    'limit-reached | a.json: 5 hours | accounts',
    'limit-reached | b.json: 5 hours | accounts',
    'limit-renewed | a.json: 5 hours | accounts',
    'requests-failing | 5 of the last 6 requests failed. | requests?show=failed',
    'history-damaged | The file was set aside, and a new history began. | help/doctor',
    'history-damaged | read-only disk | help/doctor',
  ]);
  expect(new Set(told.map(({ once }) => once)).size).toBe(told.length);
});
