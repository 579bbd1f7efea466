// Handlers of the logins.
import type { accountsContract } from '../../src-shared/contract/accounts.ts';
import { done } from '../../src-shared/families.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import type { Logins } from '../login/logins.ts';

type LoginRows = Exclude<keyof typeof accountsContract, `auth-files.${string}`>;

export function loginHandlers(logins: Logins): Implementation<Pick<typeof accountsContract, LoginRows>> {
  return {
    'anthropic-login.start': (input, actor) => logins.start('anthropic', input, actor),
    'codex-login.start': (input, actor) => logins.start('codex', input, actor),
    'gemini-cli-login.start': (input, actor) => logins.start('gemini-cli', input, actor),
    'qwen-login.start': (input, actor) => logins.start('qwen', input, actor),
    'iflow-login.start': (input, actor) => logins.start('iflow', input, actor),
    'login.status': ({ state }) => logins.status(state),
    'login.callback': (input) => {
      logins.handIn(input);
      return done;
    },
    'login.cancel': ({ state }) => ({ status: 'ok', cancelled: logins.cancel(state) }),
  };
}
