// Whether a provider answers, and which models it lists, asked with an entry's own key.
import type { CompatibilityProvider, KeyEntry } from '../../src-shared/config.ts';
import { type JsonObject, parseJson } from '../../src-shared/json.ts';
import { Problem } from '../../src-shared/problem.ts';
import { stripTrailing } from '../lib/strip-trailing.ts';
import type { Dispatchers, ProxyDispatcher } from '../net/dispatchers.ts';
import { listedModels } from '../net/listed-models.ts';
import { readLimited } from '../net/read-limited.ts';
import type { KeyUpstream, ModelListing, Provider } from '../providers/provider.ts';
import { modelToAsk, oneTokenBodies, rejectsLimit } from './one-token.ts';

export interface ProbeResult {
  readonly ok: boolean;
  readonly milliseconds: number;
  /** Why it is not ok. Never holds the key. */
  readonly message: string;
}

export interface ProviderProbe extends ProbeResult {
  readonly models: string[];
  /** The model that was asked for one token; `''` when only the list was asked for. */
  readonly model: string;
}

/** Any public address that answers quickly; only whether it can be reached through the proxy counts. */
export const proxyTarget = 'https://www.gstatic.com/generate_204';

const limitMs = 10_000;
/** The longest lists have some hundred bytes for each of some hundred models. */
const maxListBytes = 4 * 1024 * 1024;

/** A key, and how its provider is asked for its models. */
interface ListedKey {
  readonly upstream: ModelListing;
  readonly key: string;
  readonly baseUrl: string;
  /** `''`: as in the config. */
  readonly proxyUrl: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A key, and how a model of its provider is asked. */
export interface TestedKey extends ListedKey {
  readonly upstream: KeyUpstream;
  /** The models of the entry, by the provider's names. */
  readonly models: readonly string[];
}

/** The key of an entry in a list of the config, or the first one where an entry has several. */
export function testedKey({ row, upstream }: Provider, entry: KeyEntry & CompatibilityProvider): TestedKey {
  if (row.keys === undefined || upstream.key === undefined) throw new Problem('invalid_value');
  const [first] = entry['api-key-entries'] ?? [];
  return {
    upstream: upstream.key,
    key: entry['api-key'] ?? first?.['api-key'] ?? '',
    baseUrl: stripTrailing(entry['base-url'] || row.keys.baseUrl, '/'),
    proxyUrl: entry['proxy-url'] || first?.['proxy-url'] || '',
    headers: entry.headers ?? {},
    models: (entry.models ?? []).flatMap(({ name }) => (name ? [name] : [])),
  };
}

export interface ProviderTestOptions {
  readonly dispatchers: Dispatchers;
  /** The `proxy-url` in force, for entries without their own. */
  readonly proxyUrl: () => string;
}

/** Never rejects for what a provider may do; `ok` is false then. */
export async function testProvider(
  { upstream, key, baseUrl, proxyUrl: own, headers: more }: ListedKey,
  { dispatchers, proxyUrl }: ProviderTestOptions,
): Promise<ProviderProbe> {
  const start = performance.now();
  const took = () => Math.round(performance.now() - start);
  const failed = (message: string): ProviderProbe => ({
    ok: false,
    milliseconds: took(),
    message,
    models: [],
    model: '',
  });
  if (!URL.canParse(baseUrl)) return failed('The base URL is not a URL.');
  try {
    const { url, headers } = upstream.modelList(baseUrl, key);
    const response = await ask(url, { ...more, ...headers }, dispatchers.for(own || proxyUrl()));
    const { statusCode: status, body } = response;
    const text = await readLimited(body, maxListBytes);
    const host = new URL(url).host;
    if (status === 401 || status === 403) return failed(`${host} refuses the key (${status}).`);
    if (status === 404) return failed(`${host} has no list of models here (404). Check the base URL.`);
    if (status >= 400) return failed(`${host} answered ${status}.`);
    if (text === undefined) return failed(`${host} sent a list of models that is too long to be one.`);
    return {
      ok: true,
      milliseconds: took(),
      message: '',
      models: listedModels(parseJson(text)).map(({ id }) => id),
      model: '',
    };
  } catch (error) {
    return failed(reason(error));
  }
}

/**
 * Asks for the list, then a model of the entry, or else a listed one, for one token: a list alone proves little, since
 * some services show theirs to anybody. Never rejects for what a provider may do.
 */
export async function testOneToken(tested: TestedKey, options: ProviderTestOptions): Promise<ProviderProbe> {
  const listed = await testProvider(tested, options);
  const model = tested.models[0] ?? (listed.ok ? modelToAsk(listed.models) : '');
  const bodies = oneTokenBodies(tested.upstream.format, model);
  // Where there is no list a model that is named can still be asked.
  if (model === '' || !URL.canParse(tested.baseUrl)) return listed;
  const { upstream, key, baseUrl, headers, proxyUrl: own } = tested;
  const start = performance.now();
  const took = () => Math.round(performance.now() - start);
  try {
    const url = new URL(baseUrl + upstream.path({ model, action: 'generate', stream: false }));
    const dispatcher = options.dispatchers.for(own || options.proxyUrl());
    const post = async (body: JsonObject) => {
      const response = await dispatcher.request(url, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          ...upstream.needs,
          ...headers,
          ...upstream.auth({ key, account: undefined }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(limitMs),
      });
      return { status: response.statusCode, text: await readLimited(response.body, maxListBytes) };
    };
    let last: Awaited<ReturnType<typeof post>> | undefined;
    for (const body of bodies) if (last === undefined || rejectsLimit(last)) last = await post(body);
    if (last === undefined) return listed;
    const { status, text } = last;
    const result = { models: listed.models, model, milliseconds: took() };
    if (status < 400) return { ...result, ok: true, message: '' };
    const why = status === 401 || status === 403 ? 'refuses the key' : `does not answer for ${model}`;
    return { ...result, ok: false, message: `${url.host} ${why} (${status}).${vendorSentence(text, key)}` };
  } catch (error) {
    return { models: listed.models, model, milliseconds: took(), ok: false, message: reason(error) };
  }
}

const maxSentence = 300;

/** What the service says of it, behind ours; never the key. */
function vendorSentence(text: string | undefined, key: string): string {
  try {
    const { error } = parseJson(text ?? '') as { readonly error?: string | { readonly message?: string } };
    const message = typeof error === 'string' ? error : error?.message;
    if (typeof message !== 'string' || message === '') return '';
    const shown = key === '' ? message : message.replaceAll(key, '***');
    return ` ${shown.slice(0, maxSentence)}`;
  } catch {
    return '';
  }
}

/** Whether something beyond the proxy can be reached through it. Any answer will do. */
export async function testProxy(url: string, target: string, dispatchers: Dispatchers): Promise<ProbeResult> {
  const start = performance.now();
  const took = () => Math.round(performance.now() - start);
  try {
    const { body } = await ask(target, {}, dispatchers.for(url));
    await readLimited(body, 0);
    return { ok: true, milliseconds: took(), message: '' };
  } catch (error) {
    return { ok: false, milliseconds: took(), message: reason(error) };
  }
}

function ask(url: string, headers: Readonly<Record<string, string>>, dispatcher: ProxyDispatcher) {
  return dispatcher.request(new URL(url), {
    method: 'GET',
    headers: { accept: 'application/json', ...headers },
    signal: AbortSignal.timeout(limitMs),
  });
}

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there.',
  ENOTFOUND: 'The name of the host is not known.',
  EAI_AGAIN: 'The name of the host could not be looked up.',
  ECONNRESET: 'The connection was cut.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The network cannot be reached.',
  UND_ERR_CONNECT_TIMEOUT: 'The connection took too long.',
  CERT_HAS_EXPIRED: 'The certificate of the host has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The host has a certificate that it signed itself.',
};

function reason(error: unknown): string {
  if (error instanceof Problem) return error.message;
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `No answer in ${limitMs / 1000} s.`;
  const { code = '' } = (error.cause ?? error) as NodeJS.ErrnoException;
  return sentences[code] ?? sentences[(error as NodeJS.ErrnoException).code ?? ''] ?? error.message;
}
