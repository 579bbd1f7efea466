// A `host` that is an address of this machine in its network: listened on as written once that is safe.
import { networkInterfaces } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startTestApp } from '../support/test-app.ts';

const lan = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

async function listening(config: string) {
  const program = await startTestApp({ config });
  onTestFinished(program.close);
  const { notices } = (await (await program.call('GET', '/config-notices')).json()) as {
    notices: { kind: string; path: string; line: number }[];
  };
  return { ...program, notices, port: new URL(program.address).port };
}

describe.runIf(lan !== undefined)('an address of this machine', () => {
  test('without any key is not listened on, and a notice names the line', async () => {
    const { address, port, notices } = await listening(`host: ${lan}\n`);
    expect(new URL(address).hostname).toBe('127.0.0.1');
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    await expect(fetch(`http://${lan}:${port}/healthz`)).rejects.toThrow();
    expect(notices).toMatchObject([{ kind: 'unsafe', path: 'host', line: 5 }]);
  });

  test('with a client key is listened on, and the address that is printed works from this machine', async () => {
    const { port, call, notices } = await listening(`host: ${lan}\napi-keys: [k1]\n`);
    const models = `http://${lan}:${port}/v1/models`;
    expect((await fetch(models)).status).toBe(401);
    expect((await fetch(models, { headers: { authorization: 'Bearer k1' } })).status).toBe(200);
    expect((await call('GET', '/debug')).status).toBe(200);
    expect(notices).toMatchObject([{ kind: 'unsafe', path: 'tls' }]);
  });
});
