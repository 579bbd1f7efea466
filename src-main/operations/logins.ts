// Handlers of the logins.

import { done } from '../../src-shared/contract/helpers/done.ts';
import type { loginsContract } from '../../src-shared/contract/logins.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import type { Logins } from '../login/logins.ts';

export function loginHandlers(logins: Logins): Implementation<typeof loginsContract> {
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
