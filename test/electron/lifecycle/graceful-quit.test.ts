// Quitting has a deadline: what never finishes does not keep the program.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

const program = `
  const { app } = await import('electron');
  const { GracefulQuit } = await import(${JSON.stringify(path.join(root, 'src-main/electron/lifecycle/graceful-quit.ts'))});
  const quit = new GracefulQuit({
    onBegin: () => {},
    close: () => new Promise(() => {}),
    onClosed: () => {},
    log: (line) => process.stdout.write(line),
  });
  await app.whenReady();
  quit.quit();
`;

test.runIf(process.platform !== 'win32')('quitting ends although the work under way never does', async () => {
  const register = path.join(root, 'test/support/electron/register.ts');
  const child = spawn(process.execPath, ['--import', register, '--input-type=module', '-e', program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  const [, signal] = await once(child, 'close');
  expect(output).toContain('ended without waiting any longer');
  expect(signal).toBe('SIGKILL');
});
