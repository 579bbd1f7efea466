// Model servers that run on this machine, asked for only when the user wants to know.
import { parseJson } from '../../src-shared/json.ts';
import { isLoopbackHost } from '../lib/loopback.ts';
import type { Dispatchers } from '../net/dispatchers.ts';
import { listedModels } from '../net/listed-models.ts';
import { readLimited } from '../net/read-limited.ts';
import { type ProviderPreset, providerPresets } from './recognize-provider.ts';

export interface LocalServer {
  /** Of its preset. */
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly models: string[];
}

/** A server on this machine answers at once, or is not there. Milliseconds. */
const limitMs = 1_500;
const maxListBytes = 1024 * 1024;

const local = providerPresets.filter((preset) => isLoopbackHost(URL.parse(preset['base-url'])?.host ?? ''));

/** Those that list models at their usual places. Never through a proxy, never rejects. */
export async function findLocalServers(
  dispatchers: Dispatchers,
  presets: readonly ProviderPreset[] = local,
): Promise<LocalServer[]> {
  const found = await Promise.all(presets.map((preset) => ask(preset, dispatchers)));
  return found.filter((server) => server !== undefined);
}

async function ask({ id, name, 'base-url': baseUrl }: ProviderPreset, dispatchers: Dispatchers) {
  try {
    const { statusCode, body } = await dispatchers.for('direct').request(new URL(`${baseUrl}/models`), {
      method: 'GET',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(limitMs),
    });
    const text = await readLimited(body, maxListBytes);
    const list = statusCode === 200 && text !== undefined ? parseJson(text) : undefined;
    const isList = typeof list === 'object' && list !== null && ('data' in list || 'models' in list);
    return isList ? { id, name, baseUrl, models: listedModels(list).map((model) => model.id) } : undefined;
  } catch {
    // Nothing listens there, or something that is no such server.
    return undefined;
  }
}
