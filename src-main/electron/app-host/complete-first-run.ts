// The end of the first start, when the config has just been made.
import { byApp } from '../../../src-shared/operation.ts';
import type { KeyVault } from '../settings/key-vault.ts';
import type { AppHost } from './app-host.ts';
import { freePortFor } from './free-port.ts';

export interface FirstRunOptions {
  readonly appHost: AppHost;
  readonly vault: KeyVault;
  /** In plain text; the config has only its hash. */
  readonly managementKey: string;
  readonly reportFailure: (error: Error) => void;
}

/** Keeps the key. Where another program has the default port, the next free one is taken, and the window says which. */
export async function completeFirstRun({
  appHost,
  vault,
  managementKey,
  reportFailure,
}: FirstRunOptions): Promise<void> {
  await vault.keep(managementKey);
  if (appHost.app?.server.status.state !== 'failed') return;
  const port = await freePortFor(appHost);
  if (port === undefined) return;
  await appHost.dispatch('server-settings.set', { port }, byApp).catch(reportFailure);
}
