// How a login stands, in the words of the contract and of the result page.
import type { LoginStarted } from '../../src-shared/contract/helpers/login-rows.ts';
import type { loginsContract } from '../../src-shared/contract/logins.ts';
import type { LoginStatus } from '../../src-shared/events.ts';
import type { Output } from '../../src-shared/operation.ts';
import { present } from '../../src-shared/wire.ts';
import type { DeviceStart } from '../providers/provider.ts';
import type { Callback } from './callback-input.ts';
import type { Login } from './login.ts';
import type { Outcome } from './result-page.ts';

/** What the window and clients are told of a login. */
export function statusOf(login: Login): LoginStatus {
  const { state, step, error, saved } = login;
  const ended = { done: 'ok', failed: 'error', cancelled: 'cancelled' } as const;
  const status = step in ended ? ended[step as keyof typeof ended] : 'wait';
  return {
    state,
    provider: login.provider.row.signIn?.login ?? login.provider.row.id,
    status,
    step,
    ...(error !== undefined && { error }),
    ...saved,
  };
}

/** How a device login begins, for whoever started it. */
export const deviceStarted = (state: string, { url, userCode, lifetimeMs }: DeviceStart): LoginStarted => ({
  status: 'ok',
  state,
  url,
  flow: 'device',
  ...(userCode !== '' && { user_code: userCode }),
  expires_in: lifetimeMs / 1000,
});

/** What the browser's page says after it brought that callback. */
export function outcomeOf(login: Login, { code, error }: Callback): Outcome {
  if (login.step === 'done') return 'done';
  if (login.settledAt === undefined) return 'under-way';
  if (error !== '') return 'denied';
  return code.trim() === '' ? 'no-code' : 'failed';
}

export type ToldStatus = Output<ReturnType<typeof loginsContract>['login.status']>;

/** The same for clients that ask by its state. */
export function toldStatus({ status, error, account, file }: LoginStatus): ToldStatus {
  if (status === 'cancelled') return { status: 'error', error: 'The login was cancelled.' };
  return present({ status, error, account, file }) as ToldStatus;
}
