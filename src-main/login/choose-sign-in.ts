// Which way of signing in a login takes, and where its browser ends.
import type { LoginInput } from '../../src-shared/contract/helpers/login-rows.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { CodeSignIn, FileSignIn, LoginSignIn, Provider, SignIn } from '../providers/provider.ts';

/** The flow of the login of that name. Throws Problem `invalid_value` when there is none. */
export function chooseSignIn(
  providers: readonly Provider[],
  name: string,
  flow: LoginInput['flow'],
): { readonly provider: Provider; readonly signIn: LoginSignIn } {
  const provider = providers.find(({ row }) => row.signIn?.login === name);
  const signIn = provider?.signIns?.filter(isLogin).find((each) => flow === undefined || each.flow === flow);
  if (provider === undefined || signIn === undefined) {
    throw new Problem('invalid_value', `There is no ${flow ?? ''} login for ${provider?.row.title ?? name}.`);
  }
  return { provider, signIn };
}

const isLogin = (signIn: SignIn): signIn is LoginSignIn => signIn.flow !== 'file';

/** How one signs in with a file. Throws Problem `invalid_value` when there is no such way. */
export function chooseFileSignIn(providers: readonly Provider[], name: string): FileSignIn {
  const signIn = providers
    .find(({ row }) => row.signIn?.login === name)
    ?.signIns?.find((each): each is FileSignIn => each.flow === 'file');
  if (signIn === undefined) throw new Problem('invalid_value', `There is no sign-in by a file for ${name}.`);
  return signIn;
}

/** The provider whose callbacks arrive at that path of the server's own port. */
export function providerOfCallbackRoute(providers: readonly Provider[], path: string): Provider | undefined {
  return providers.find(({ signIns }) =>
    signIns?.some((signIn) => 'callback' in signIn && signIn.callback.route === path),
  );
}

/** Where the browser is sent: to the registered port, or else to the server's own address. */
export function redirectUriOf({ flow, callback }: CodeSignIn, port: number | undefined, serverAddress: string): string {
  if (flow === 'manual') return '';
  if (port !== undefined) return `http://localhost:${port}${callback.path}`;
  const { protocol, port: serverPort } = new URL(serverAddress);
  return `${protocol}//localhost:${serverPort}${callback.route}`;
}
