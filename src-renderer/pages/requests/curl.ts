// A request as a line for the terminal. Prompts and keys are not kept: both are left to the person.
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';

const prompt = '…';

type Asked = Pick<RequestRecord, 'form' | 'model' | 'stream'>;

interface Kind {
  readonly path: string | ((asked: Asked) => string);
  readonly body: (asked: Asked) => object;
}

const messages = [{ role: 'user', content: prompt }];
const common = ({ model, stream }: Asked) => ({ model, ...(stream && { stream }) });

/** The kinds of requests that differ from most in their path or body. */
const kinds: Readonly<Partial<Record<string, Kind>>> = {
  chat: { path: '/v1/chat/completions', body: (asked) => ({ ...common(asked), messages }) },
  completions: { path: '/v1/completions', body: (asked) => ({ ...common(asked), prompt }) },
  messages: { path: '/v1/messages', body: (asked) => ({ ...common(asked), max_tokens: 1024, messages }) },
  count: { path: '/v1/messages/count_tokens', body: ({ model }) => ({ model, messages }) },
  gemini: {
    path: ({ model, stream }) =>
      `/v1beta/models/${encodeURIComponent(model ?? '')}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: () => ({ contents: [{ role: 'user', parts: [{ text: prompt }] }] }),
  },
};

const kindOf = ({ form }: Asked): Kind =>
  (Object.hasOwn(kinds, form) ? kinds[form] : undefined) ?? {
    path: `/v1/${form}`,
    body: (asked) => ({ ...common(asked), input: prompt }),
  };

/** The path of a request's format, as clients ask for it. */
export function pathOf(asked: Asked): string {
  const { path } = kindOf(asked);
  return typeof path === 'string' ? path : path(asked);
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** `$CLIENT_KEY` stands for the key of the client. */
export function curlLine(request: Asked, address: string): string {
  return [
    `curl ${quoted(`${address}${pathOf(request)}`)}`,
    '-H "Authorization: Bearer $CLIENT_KEY"',
    "-H 'Content-Type: application/json'",
    `-d ${quoted(JSON.stringify(kindOf(request).body(request)))}`,
  ].join(' \\\n  ');
}
