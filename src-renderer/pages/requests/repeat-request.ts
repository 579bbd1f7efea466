// A request sent again: as a line for the terminal, or for one token. Prompts and keys are not kept: in the line both are
// left to the person.
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';

type Asked = Pick<RequestRecord, 'form' | 'model' | 'stream'>;

interface Kind {
  readonly path: string | ((asked: Asked) => string);
  readonly body: (asked: Asked, prompt: string) => object;
  /** Asks for as little as the format allows. */
  readonly smallest?: object;
}

const messages = (prompt: string) => [{ role: 'user', content: prompt }];
const common = ({ model, stream }: Asked) => ({ model, ...(stream && { stream }) });

/** The kinds of requests that differ from most in their path or body. */
const kinds: Readonly<Partial<Record<string, Kind>>> = {
  chat: {
    path: '/v1/chat/completions',
    body: (asked, prompt) => ({ ...common(asked), messages: messages(prompt) }),
    smallest: { max_tokens: 1 },
  },
  completions: {
    path: '/v1/completions',
    body: (asked, prompt) => ({ ...common(asked), prompt }),
    smallest: { max_tokens: 1 },
  },
  messages: {
    path: '/v1/messages',
    body: (asked, prompt) => ({ ...common(asked), max_tokens: 1024, messages: messages(prompt) }),
    smallest: { max_tokens: 1 },
  },
  count: { path: '/v1/messages/count_tokens', body: ({ model }, prompt) => ({ model, messages: messages(prompt) }) },
  responses: {
    path: '/v1/responses',
    body: (asked, prompt) => ({ ...common(asked), input: prompt }),
    // OpenAI takes no less than 16.
    smallest: { max_output_tokens: 16 },
  },
  gemini: {
    path: ({ model, stream }) =>
      `/v1beta/models/${encodeURIComponent(model ?? '')}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: (_, prompt) => ({ contents: [{ role: 'user', parts: [{ text: prompt }] }] }),
    smallest: { generationConfig: { maxOutputTokens: 1 } },
  },
};

const kindOf = ({ form }: Asked): Kind =>
  (Object.hasOwn(kinds, form) ? kinds[form] : undefined) ?? {
    path: `/v1/${form}`,
    body: (asked, prompt) => ({ ...common(asked), input: prompt }),
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
    `-d ${quoted(JSON.stringify(kindOf(request).body(request, '…')))}`,
  ].join(' \\\n  ');
}

/** The same model in the same format, for one token; undefined for formats that have no such limit. */
export function oneToken(request: Asked): { readonly path: string; readonly body: object } | undefined {
  const asked = { ...request, stream: false };
  const { body, smallest } = kindOf(asked);
  if (smallest === undefined || request.model === null) return undefined;
  return { path: pathOf(asked), body: { ...body(asked, 'Hi'), ...smallest } };
}
