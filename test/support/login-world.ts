// Logins and accounts in this process, with the fake providers of the conformance kit behind a proxy.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';
import { onTestFinished } from 'vitest';
import { Accounts } from '../../src-main/accounts/accounts.ts';
import { AuthFiles } from '../../src-main/auth-files/auth-files.ts';
import { AppEvents } from '../../src-main/events/app-events.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { Logins } from '../../src-main/login/logins.ts';
import type { ResultPage } from '../../src-main/login/result-page.ts';
import { Dispatchers } from '../../src-main/net/dispatchers.ts';
import type { AppEvent } from '../../src-shared/events.ts';
import type { LoginName } from '../../src-shared/providers.ts';
import {
  createAuthority,
  PROVIDERS,
  type ProviderKey,
  startFakeProviders,
} from '../conformance/oauth/fake-providers.mjs';
import { FakeClock } from './fake-clock.ts';
import { tempFolder } from './temp-folder.ts';

/** The kit's word for a provider, by our name of its login. */
export const kitName = (login: LoginName): ProviderKey => (login === 'gemini-cli' ? 'gemini' : (login as ProviderKey));

const trusted = new Set(tls.getCACertificates('default'));

/** Fake providers whose certificates this process trusts. */
export async function fakeProviders() {
  const authority = createAuthority();
  trusted.add(readFileSync(authority.caFile, 'utf8'));
  tls.setDefaultCACertificates([...trusted]);
  const fakes = await startFakeProviders({ authority });
  onTestFinished(async () => {
    await fakes.close();
    authority.remove();
  });
  return fakes;
}

/** Everything runs on a fake clock at today's time; the network and the files are real. */
export async function loginWorld() {
  const fakes = await fakeProviders();
  const folder = tempFolder();
  const clock = new FakeClock(Date.now());
  const lines: string[] = [];
  const log = createLogger((level, _source, message) => lines.push(`${level} ${message}`), 'login-world.ts');
  const files = await AuthFiles.open({ directory: folder, log });
  const events = new AppEvents((error) => lines.push(`error ${String(error)}`));
  const seen: AppEvent[] = [];
  events.on((event) => seen.push(event));
  const dispatchers = new Dispatchers();
  const parts = {
    files,
    dispatchers,
    proxyUrl: () => fakes.proxyUrl,
    events,
    clock,
    log,
    clientIds: () => ({ xai: fakes.clientIds.xai }),
  };
  const logins = new Logins({ ...parts, address: () => 'http://127.0.0.1:8317' });
  const started: Accounts[] = [];

  onTestFinished(async () => {
    await logins.close();
    await Promise.all(
      started.map(async (accounts) => {
        const closed = accounts.close();
        clock.advance(10_000);
        await closed;
      }),
    );
    await files.close();
    await dispatchers.close();
  });

  const actor = { kind: 'app' } as const;
  return {
    fakes,
    folder,
    clock,
    lines,
    files,
    events,
    seen,
    logins,
    actor,
    start: (name: LoginName, input: { projectId?: string; proxyUrl?: string } = {}) =>
      logins.start(name, { listen: false, ...input }, actor),
    /** The person agrees, the browser comes back. */
    approve(name: LoginName, url: string, query: Readonly<Record<string, string>> = {}): Promise<ResultPage> {
      const granted = fakes.grant(url);
      const answer = { code: granted.code, state: granted.state, ...query };
      return logins.visit(PROVIDERS[kitName(name)].route, answer, 'en') ?? Promise.reject(new Error('no such route'));
    },
    visit: (name: LoginName, query: Readonly<Record<string, string>>, language = 'en') =>
      logins.visit(PROVIDERS[kitName(name)].route, query, language) as Promise<ResultPage>,
    /** Resolves when a login event says that it has ended. */
    settled: (state: string) => whenEvent(events, seen, (event) => isEnd(event, state)),
    accounts(ownFiles = files) {
      const accounts = new Accounts({ ...parts, files: ownFiles });
      started.push(accounts);
      return accounts;
    },
    /** A second look at the same folder, as another instance of the program has. */
    async otherFiles() {
      const other = await AuthFiles.open({ directory: folder, log });
      onTestFinished(() => other.close());
      return other;
    },
    put: (name: string, content: unknown) =>
      writeFileSync(path.join(folder, name), JSON.stringify(content), { mode: 0o600 }),
    read: (name: string): Record<string, unknown> => JSON.parse(readFileSync(path.join(folder, name), 'utf8')),
    names: () => readdirSync(folder).sort(),
    /** Resolves when `condition` holds after an event, or does already. */
    until: (condition: () => boolean) => whenEvent(events, seen, condition),
  };
}

function isEnd(event: AppEvent, state: string): boolean {
  return event.event === 'login' && event.state === state && event.status !== 'wait';
}

function whenEvent(events: AppEvents, seen: readonly AppEvent[], matches: (event: AppEvent) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (seen.some(matches)) {
      resolve();
      return;
    }
    const stop = events.on((event) => {
      if (!matches(event)) return;
      stop();
      resolve();
    });
  });
}
