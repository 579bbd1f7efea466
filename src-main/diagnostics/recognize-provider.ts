// What a pasted text is: a key, an address, or a whole curl line, and which service it belongs to. Sends nothing.
import presetFile from './provider-presets.json' with { type: 'json' };

/** A service with an address of its own. In the order of their names. */
export interface ProviderPreset {
  readonly id: string;
  readonly name: string;
  /** Two letters that stand for it. */
  readonly mark: string;
  /** The list of the config that its entries belong to. */
  readonly list: string;
  readonly 'base-url': string;
  /** What its keys begin with, where that is known. */
  readonly prefixes: readonly string[];
}

export const providerPresets: readonly ProviderPreset[] = presetFile.presets;

export interface Recognized {
  readonly kind: 'key' | 'address' | 'curl' | 'unknown';
  /** `''` where the text has none. */
  readonly key: string;
  readonly baseUrl: string;
  readonly model: string;
  /** Services that it fits, by address or else by the longest prefix of the key. Several: the user says which. */
  readonly presets: readonly ProviderPreset[];
}

/** Longer than any curl line with a prompt that a person pastes. */
const maxLength = 100_000;
const nothing: Recognized = { kind: 'unknown', key: '', baseUrl: '', model: '', presets: [] };

export function recognizeProvider(text: string): Recognized {
  const pasted = text.trim();
  if (pasted === '' || pasted.length > maxLength) return nothing;
  const words = shellWords(pasted);
  if (words[0] === 'curl') return fromCurl(words);
  const [word, ...others] = words;
  if (word === undefined || others.length > 0) return nothing;
  const url = urlOf(word);
  if (url !== undefined) {
    const { baseUrl, model } = baseOf(url);
    return { kind: 'address', key: url.searchParams.get('key') ?? '', baseUrl, model, presets: ofAddress(baseUrl) };
  }
  // As an assignment, such as OPENAI_API_KEY=sk-1.
  const key = word.replace(/^(?:export )?[A-Z][A-Z0-9_]*=/, '').replace(/^["']|["']$/g, '');
  if (!/^[\w.:~+/=-]{8,}$/.test(key)) return nothing;
  return { kind: 'key', key, baseUrl: '', model: '', presets: ofKey(key) };
}

/** Without a scheme a name with a port or path is an address, too: on this machine without TLS. */
function urlOf(word: string): URL | undefined {
  if (/^https?:\/\//i.test(word)) return URL.parse(word) ?? undefined;
  const isHost = /^(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:\/|$)/.test(word) && /[.:]/.test(word);
  if (!isHost || !/^localhost|:\d|\.\w+(?:\/|$)/.test(word)) return undefined;
  const isLocal = /^(?:localhost|127\.|10\.|192\.168\.)/.test(word);
  return URL.parse(`${isLocal ? 'http' : 'https'}://${word}`) ?? undefined;
}

/** What clients put behind a base address. */
const endings = [
  ...['/chat/completions', '/completions', '/responses', '/v1/messages', '/messages', '/embeddings', '/models'],
];

function baseOf(url: URL): { readonly baseUrl: string; readonly model: string } {
  let path = url.pathname.replace(/\/$/, '');
  const gemini = /^(.*?)\/v1(?:beta)?\/models(?:\/([^/:]+))?(?::\w+)?$/.exec(path);
  const isGemini = url.host === 'generativelanguage.googleapis.com';
  if (isGemini && gemini !== null) return { baseUrl: url.origin + (gemini[1] ?? ''), model: gemini[2] ?? '' };
  const ending = endings.find((one) => path.endsWith(one));
  if (ending !== undefined) path = path.slice(0, -ending.length);
  return { baseUrl: url.origin + path, model: '' };
}

const ofAddress = (baseUrl: string): readonly ProviderPreset[] => {
  const host = URL.parse(baseUrl)?.host;
  return providerPresets.filter((preset) => URL.parse(preset['base-url'])?.host === host);
};

function ofKey(key: string): readonly ProviderPreset[] {
  const lengths = providerPresets.map(({ prefixes }) =>
    Math.max(0, ...prefixes.filter((prefix) => key.startsWith(prefix)).map((prefix) => prefix.length)),
  );
  const longest = Math.max(0, ...lengths);
  return longest === 0 ? [] : providerPresets.filter((_, at) => lengths[at] === longest);
}

const keyHeaders = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'];
const bodyFlags = ['-d', '--data', '--data-raw', '--data-binary', '--json'];

function fromCurl(words: readonly string[]): Recognized {
  let key = '';
  let address: URL | undefined;
  let body = '';
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    if (word === '-H' || word === '--header') {
      const colon = next.indexOf(':');
      const value = next.slice(colon + 1).trim();
      if (keyHeaders.includes(next.slice(0, colon).trim().toLowerCase())) key = value.replace(/^bearer /i, '').trim();
      at += 1;
    } else if (bodyFlags.includes(word)) {
      body = next;
      at += 1;
    } else if (word === '--url') {
      address = urlOf(next);
      at += 1;
    } else if (!word.startsWith('-')) address ??= urlOf(word);
  }
  if (address === undefined) return nothing;
  const { baseUrl, model } = baseOf(address);
  // A variable of somebody else's shell is no key.
  const own = [key, address.searchParams.get('key') ?? ''].find((one) => one !== '' && !one.includes('$')) ?? '';
  return { kind: 'curl', key: own, baseUrl, model: modelIn(body) || model, presets: ofAddress(baseUrl) };
}

function modelIn(body: string): string {
  try {
    const { model } = JSON.parse(body) as { readonly model?: unknown };
    return typeof model === 'string' ? model : '';
  } catch {
    // A body in a file, or one that was cut.
    return '';
  }
}

/** Words as bash, cmd and PowerShell part them, as far as a curl line needs it: quotes, and lines that go on. */
function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (char === "'" || char === '"') {
      const end = closingQuote(text, at);
      const inner = text.slice(at + 1, end);
      word = (word ?? '') + (char === '"' ? inner.replace(/\\(["\\$`])/g, '$1') : inner);
      at = end;
    } else if ((char === '\\' || char === '^' || char === '`') && (next === '\n' || next === '\r')) at += 1;
    else if (char === '\\' && next !== '') {
      word = (word ?? '') + next;
      at += 1;
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  return word === undefined ? words : [...words, word];
}

function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && text[open] === '"') at += 1;
    else if (text[at] === text[open]) return at;
  }
  return text.length;
}
