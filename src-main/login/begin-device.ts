// Asks a provider for the code that a person confirms on another device.
import { Problem } from '../../src-shared/problem.ts';
import { delay } from '../lib/time/delay.ts';
import { ProviderError } from '../net/provider-error.ts';
import { withEnded } from '../providers/oauth/with-ended.ts';
import type { DeviceSignIn, DeviceStart } from '../providers/provider.ts';
import type { LoginOptions } from './login.ts';

/** Of a login whose page is not known yet. */
export type NewLoginOptions = Omit<LoginOptions, 'url'>;

/** Rejects with Problem `login_failed`, or `unavailable` once the program ends. */
export async function beginDevice(
  signIn: DeviceSignIn,
  { call, provider }: NewLoginOptions,
  signal: AbortSignal,
): Promise<DeviceStart> {
  try {
    return await signIn.begin({ ...call, signal, secrets: [], pause: (ms) => delay(call.clock, signal, ms) });
  } catch (error) {
    if (signal.aborted) throw new Problem('unavailable');
    if (!(error instanceof ProviderError)) throw error;
    throw new Problem('login_failed', withEnded(provider, error).message, { cause: error });
  }
}
