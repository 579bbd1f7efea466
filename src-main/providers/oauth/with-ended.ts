// What a failure of a provider that has ended its logins means.
import { ProviderError } from '../../net/provider-error.ts';
import type { Provider } from '../provider.ts';

/** The same error; its sentence goes on with the end of the provider, where there is one. */
export function withEnded<E extends Error>({ ended }: Pick<Provider, 'ended'>, error: E): E | ProviderError {
  if (ended === undefined || !(error instanceof ProviderError)) return error;
  const { kind, status, oauthError, retryAfter } = error;
  return new ProviderError(kind, `${error.message} ${ended}`, {
    ...(status !== undefined && { status }),
    ...(oauthError !== undefined && { oauthError }),
    ...(retryAfter !== undefined && { retryAfter }),
    cause: error,
  });
}
