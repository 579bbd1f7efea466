// Handlers of the logins.
import { done } from '../../../src-shared/contract/helpers/done.ts';
import type { LoginInput, LoginRows } from '../../../src-shared/contract/helpers/login-rows.ts';
import type { loginsContract } from '../../../src-shared/contract/logins.ts';
import type { Actor, Implementation } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { hasLogin, type LoginName } from '../../../src-shared/providers.ts';
import type { Logins } from '../../login/logins.ts';
import type { LoginsByState } from '../../login/shared-logins.ts';
import type { Provider } from '../../providers/provider.ts';

export function loginHandlers(
  logins: Logins,
  byState: LoginsByState,
  providers: readonly Provider[],
): Implementation<ReturnType<typeof loginsContract>> {
  return {
    ...startHandlers(logins, providers),
    ...importHandlers(logins, providers),
    'login.status': ({ state }) => byState.status(state),
    'login.callback': async (input) => {
      await byState.handIn(input);
      return done;
    },
    'login.cancel': ({ state }) => ({ status: 'ok', cancelled: logins.cancel(state) }),
  };
}

/** A handler for each sign-in by a file. */
function importHandlers(
  logins: Logins,
  providers: readonly Provider[],
): Pick<Implementation<ReturnType<typeof loginsContract>>, 'vertex.import'> {
  type Import = Implementation<ReturnType<typeof loginsContract>>['vertex.import'];
  const names = providers.flatMap(({ row }) => (row.signIn?.flows.includes('file') ? [row.signIn.login] : []));
  const start =
    (name: string): Import =>
    async ({ files: [file], location = '' }, actor) => {
      if (file === undefined) throw new Problem('file_required');
      const { file: saved, content } = await logins.importFile(name, file.content, location, actor);
      const text = (member: string) => String(content[member] ?? '');
      return {
        status: 'ok',
        'auth-file': saved,
        project_id: text('project_id'),
        email: text('email'),
        location: text('location'),
      };
    };
  return Object.fromEntries(names.map((name) => [`${name}.import`, start(name)])) as {
    readonly 'vertex.import': Import;
  };
}

function startHandlers(logins: Logins, providers: readonly Provider[]): Implementation<LoginRows<LoginName>> {
  const names = providers.flatMap(({ row }) => (row.signIn && hasLogin(row.signIn) ? [row.signIn.login] : []));
  const start = (name: string) => (input: LoginInput, actor: Actor) => logins.start(name, input, actor);
  // The table of providers has a file for every login of the contract.
  return Object.fromEntries(names.map((name) => [`${name}-login.start`, start(name)])) as Implementation<
    LoginRows<LoginName>
  >;
}
