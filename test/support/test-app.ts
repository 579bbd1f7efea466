// The whole program in this process, on a folder and a port of its own.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, type AppOptions, createApp } from '../../src-main/app.ts';

export const managementKey = 'mgmt-secret';
/** bcrypt of {@link managementKey} at the lowest cost. */
export const managementHash = '$2a$04$XajjQvNhvvRt5GSeFk1xFediheh4.wf8h9DcIwgRahRYWGXMIO9ei';

export interface TestAppSetup {
  /** Where its folder is made. */
  readonly parent?: string;
  /** YAML below the lines that every test needs. */
  readonly config?: string;
  readonly accounts?: Readonly<Record<string, string>>;
  readonly options?: Partial<AppOptions>;
}

export interface TestApp {
  readonly app: App;
  readonly folder: string;
  readonly configFile: string;
  readonly authDir: string;
  readonly address: string;
  /** Sends JSON with the management key to a path below the management prefix. */
  call(method: string, path: string, body?: unknown): Promise<Response>;
  /** Sends a body as it is; `headers` may replace the key. */
  send(
    method: string,
    path: string,
    body: BodyInit | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Response>;
  readConfig(): string;
  close(): Promise<void>;
}

export async function startTestApp(setup: TestAppSetup = {}): Promise<TestApp> {
  const folder = mkdtempSync(path.join(setup.parent ?? tmpdir(), 'app-'));
  const authDir = path.join(folder, 'accounts');
  const configFile = path.join(folder, 'config.yaml');
  mkdirSync(authDir);
  for (const [name, content] of Object.entries(setup.accounts ?? {})) writeFileSync(path.join(authDir, name), content);
  const head = `port: 0\nauth-dir: ${JSON.stringify(authDir)}\nremote-management:\n  secret-key: ${managementHash}\n`;
  writeFileSync(configFile, head + (setup.config ?? ''));
  const app = await createApp({
    configFile,
    // What the program keeps for itself stays in the test's folder.
    environment: { XDG_CONFIG_HOME: path.join(folder, 'home'), APPDATA: path.join(folder, 'home') },
    ...setup.options,
  });
  await app.server.start();
  const { address } = app.server.status;
  const send: TestApp['send'] = (method, target, body, headers) =>
    fetch(`${address}/v0/management${target}`, {
      method,
      headers: { 'x-management-key': managementKey, ...headers },
      ...(body !== undefined && { body }),
    });
  return {
    app,
    folder,
    configFile,
    authDir,
    address,
    send,
    call: (method, target, body) =>
      send(method, target, body === undefined ? undefined : JSON.stringify(body), {
        'content-type': 'application/json',
      }),
    readConfig: () => readFileSync(configFile, 'utf8'),
    close: async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
