// The gateway as its clients see it: the models it serves, and requests to them.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { text as translated } from '../i18n/i18n.ts';
import { CallError } from '../transport/transport.ts';
import { useRead } from './client.ts';
import { serverStore } from './live.ts';
import { useStore } from './store.ts';

const authorization = (key: string | undefined): Readonly<Record<string, string>> =>
  key === undefined ? {} : { authorization: `Bearer ${key}` };

/** Asks the gateway as a client does. Throws CallError with what it says where it refuses. */
export async function askGateway(
  address: string,
  path: string,
  key: string | undefined,
  init: RequestInit = {},
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address + path, { ...init, headers: { ...init.headers, ...authorization(key) } });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new CallError('unreachable', 'The server does not answer.', { cause: error });
  }
  if (!response.ok) throw new CallError(String(response.status), sentenceOf(await response.text(), response.status));
  return response;
}

/** The message of an error in the formats of OpenAI and Anthropic. */
function sentenceOf(text: string, status: number): string {
  try {
    const { error } = JSON.parse(text) as { readonly error?: string | { readonly message?: string } };
    const message = typeof error === 'string' ? error : error?.message;
    if (message) return message;
  } catch {
    // No JSON: the text is all there is.
  }
  return text.trim().slice(0, 300) || translated('home.first.gatewayStatus', { status });
}

/** Names of the models that a client with the first key can ask for. */
export function useServedModels(): UseQueryResult<readonly string[]> {
  const address = useStore(serverStore)?.address;
  const keys = useRead('client-keys.list').data?.keys;
  const key = keys?.[0]?.key;
  return useQuery({
    queryKey: ['served-models', address, key],
    enabled: address !== undefined && keys !== undefined,
    staleTime: 0,
    queryFn: async () => {
      const response = await askGateway(address ?? '', '/v1/models', key);
      const { data } = (await response.json()) as { readonly data: readonly { readonly id: string }[] };
      return data.map(({ id }) => id);
    },
  });
}
