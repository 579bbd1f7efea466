// The built server as the writer of the config: each change is a request to its API.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { ConfigView } from '../../src-shared/contract/config.ts';
import type { ConfigWriter } from './config-writer.ts';

const headless = path.resolve(import.meta.dirname, '../../out/headless.js');
const password = 'soak';

export class ServerProcess implements ConfigWriter {
  readonly #child: ChildProcess;
  readonly #api: string;

  private constructor(child: ChildProcess, address: string) {
    this.#child = child;
    this.#api = `${address}/v0/management`;
  }

  static async start(file: string): Promise<ServerProcess> {
    const env = { ...process.env, HOME: path.dirname(file), MANAGEMENT_PASSWORD: password };
    const child = spawn(process.execPath, [headless, '--config', file, '--port', '0'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    for await (const chunk of child.stdout) {
      out += chunk;
      const address = /address\s+(\S+)\n/.exec(out)?.[1];
      if (address) return new ServerProcess(child, address);
    }
    throw new Error(`the server did not start: ${out}`);
  }

  async setRetry(value: number): Promise<void> {
    await this.#send('PUT', '/request-retry', { value });
  }

  async addKey(key: string): Promise<void> {
    await this.#send('PATCH', '/api-keys', { old: 'no such key', new: key });
  }

  async clearKeys(): Promise<void> {
    await this.#send('PUT', '/api-keys', []);
  }

  async inForce(): Promise<ConfigView> {
    return (await this.#send('GET', '/config')).json() as Promise<ConfigView>;
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  close(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exit;
  }

  async #send(method: string, target: string, body?: unknown): Promise<Response> {
    const answer = await fetch(this.#api + target, {
      method,
      headers: { 'x-management-key': password },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    // A file that the other writer has saved only in part refuses every write; a client tries again.
    if (answer.status === 409) return this.#send(method, target, body);
    if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}
