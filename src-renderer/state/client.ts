// The one connection of this window: over the desktop bridge where there is one, else over HTTP.
import { QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { httpTransport } from '../transport/http.ts';
import { ipcTransport } from '../transport/ipc.ts';
import {
  type Arguments,
  CallError,
  createClient,
  type OperationName,
  type OperationOutput,
} from '../transport/transport.ts';

export const transport = window.bridge ? ipcTransport(window.bridge) : httpTransport();
export const { call, callDesktop } = createClient(transport);

/** Events keep the data fresh, so nothing goes stale by age and nothing is polled. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      // Only a server that does not answer may answer later; a refusal stays one.
      retry: (count, error) => count < 2 && error instanceof CallError && error.code === 'unreachable',
    },
  },
});

/** The answer of a reading operation, shared by all who ask for it. */
export function useRead<N extends OperationName>(name: N, ...input: Arguments<N>): UseQueryResult<OperationOutput<N>> {
  return useQuery({ queryKey: [name, ...input], queryFn: () => call(name, ...input) });
}

/** Puts a known answer in place, such as the one an event brought. */
export function setRead<N extends OperationName>(
  name: N,
  change: (before: OperationOutput<N> | undefined) => OperationOutput<N> | undefined,
): void {
  queryClient.setQueryData([name], change);
}

/** Asks again for what an event made old, where it is shown. */
export function invalidate(...names: readonly OperationName[]): Promise<void> {
  return queryClient.invalidateQueries({ predicate: ({ queryKey }) => names.some((name) => name === queryKey[0]) });
}
