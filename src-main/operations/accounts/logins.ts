// Handlers of the logins.
import { done } from '../../../src-shared/contract/helpers/done.ts';
import type { LoginInput, LoginRows } from '../../../src-shared/contract/helpers/login-rows.ts';
import type { loginsContract } from '../../../src-shared/contract/logins.ts';
import type { Actor, Implementation } from '../../../src-shared/operation.ts';
import type { LoginName } from '../../../src-shared/providers.ts';
import type { Logins } from '../../login/logins.ts';
import type { Provider } from '../../providers/provider.ts';

export function loginHandlers(
  logins: Logins,
  providers: readonly Provider[],
): Implementation<ReturnType<typeof loginsContract>> {
  return {
    ...startHandlers(logins, providers),
    'login.status': ({ state }) => logins.status(state),
    'login.callback': (input) => {
      logins.handIn(input);
      return done;
    },
    'login.cancel': ({ state }) => ({ status: 'ok', cancelled: logins.cancel(state) }),
  };
}

function startHandlers(logins: Logins, providers: readonly Provider[]): Implementation<LoginRows<LoginName>> {
  const names = providers.flatMap(({ row }) => row.signIn?.login ?? []);
  const start = (name: string) => (input: LoginInput, actor: Actor) => logins.start(name, input, actor);
  // The table of providers has a file for every login of the contract.
  return Object.fromEntries(names.map((name) => [`${name}-login.start`, start(name)])) as Implementation<
    LoginRows<LoginName>
  >;
}
