// Responses of a chat-completions upstream, and what a client of any format must understand of them.

export interface Understood {
  readonly text: string;
  readonly reasoning: string;
  readonly tools: readonly { readonly name: string; readonly args: unknown }[];
  readonly wasCut: boolean;
  /** Addresses of the pages that the text is based on. */
  readonly sources: readonly string[];
  /** All input tokens, those from the cache, and all output tokens. */
  readonly tokens: readonly [number | undefined, number | undefined, number | undefined];
  /** The client library raised an error. */
  readonly error?: { readonly status: number | undefined; readonly message: string };
}

export interface Scenario {
  readonly title: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body in pieces; a stream unless `status` is given. */
  readonly body: readonly string[];
  /** The connection is broken behind it. */
  readonly breaksOff?: boolean;
  /** Undefined when it is right, else what is wrong in a few words. */
  readonly judge: (seen: Understood) => string | undefined;
}

const chunk = (delta: object, finish: string | null = null, rest: object = {}): string =>
  `data: ${JSON.stringify({ id: 'c-1', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta, finish_reason: finish }], ...rest })}\n\n`;

const usage = `data: ${JSON.stringify({ id: 'c-1', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [], usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120, prompt_tokens_details: { cached_tokens: 80 } } })}\n\n`;
const done = 'data: [DONE]\n\n';
const role = chunk({ role: 'assistant', content: '' });
const hello = [chunk({ content: 'Hel' }), chunk({ content: 'lo' })];
const call = (index: number, fields: object): object => ({ tool_calls: [{ index, ...fields }] });
const start = (index: number, id: string): string =>
  chunk(call(index, { id, type: 'function', function: { name: 'get_weather', arguments: '' } }));
const args = (index: number, text: string): string => chunk(call(index, { function: { arguments: text } }));
const cities = (...names: readonly string[]) => names.map((city) => ({ name: 'get_weather', args: { city } }));

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The first of these that is wrong. */
const first = (...errors: readonly (string | false | undefined)[]): string | undefined =>
  errors.find((error): error is string => typeof error === 'string');

const unexpected = ({ error }: Understood): string | false => error !== undefined && `error: ${error.message}`;
const says =
  (text: string) =>
  (seen: Understood): string | undefined =>
    first(unexpected(seen), seen.text !== text && `text ${JSON.stringify(seen.text)}`, seen.wasCut && 'told as cut');
const calls =
  (...names: readonly string[]) =>
  (seen: Understood): string | undefined =>
    first(unexpected(seen), !same(seen.tools, cities(...names)) && `calls ${JSON.stringify(seen.tools)}`);
const fails =
  (status: number | undefined, words: string) =>
  ({ error, text }: Understood): string | undefined =>
    first(
      error === undefined && `no error, text ${JSON.stringify(text)}`,
      status !== undefined && error?.status !== status && `status ${error?.status}`,
      !error?.message.includes(words) && `error text lost: ${error?.message.slice(0, 60)}`,
    );

const page = 'https://example.com/a';
const cites = (seen: Understood): string | undefined =>
  first(says('Hello')(seen), !same(seen.sources, [page]) && `sources ${JSON.stringify(seen.sources)}`);

export const scenarios: readonly Scenario[] = [
  {
    title: 'text, usage after the finish',
    body: [role, ...hello, chunk({}, 'stop'), usage, done],
    judge: (seen) => first(says('Hello')(seen), !same(seen.tokens, [100, 80, 20]) && `usage ${seen.tokens.join('/')}`),
  },
  {
    title: 'reasoning',
    body: [
      role,
      chunk({ reasoning_content: 'Let me ' }),
      chunk({ reasoning_content: 'think.' }),
      ...hello,
      chunk({}, 'stop'),
      done,
    ],
    judge: (seen) => first(says('Hello')(seen), seen.reasoning !== 'Let me think.' && `reasoning "${seen.reasoning}"`),
  },
  {
    title: 'one call',
    body: [role, start(0, 'a'), args(0, '{"city":'), args(0, '"Rome"}'), chunk({}, 'tool_calls'), done],
    judge: calls('Rome'),
  },
  {
    title: 'parallel calls',
    body: [
      role,
      start(0, 'a'),
      args(0, '{"city":"Rome"}'),
      start(1, 'b'),
      args(1, '{"city":"Oslo"}'),
      chunk({}, 'tool_calls'),
      done,
    ],
    judge: calls('Rome', 'Oslo'),
  },
  {
    title: 'interleaved calls',
    body: [
      role,
      start(0, 'a'),
      start(1, 'b'),
      args(0, '{"city":'),
      args(1, '{"city":'),
      args(0, '"Rome"}'),
      args(1, '"Oslo"}'),
      chunk({}, 'tool_calls'),
      done,
    ],
    judge: calls('Rome', 'Oslo'),
  },
  {
    title: 'ended by the limit',
    body: [role, ...hello, chunk({}, 'length'), done],
    judge: (seen) => first(unexpected(seen), !seen.wasCut && 'told as a normal end'),
  },
  { title: 'no [DONE]', body: [role, ...hello, chunk({}, 'stop')], judge: says('Hello') },
  {
    title: 'comments between events',
    body: [': PROCESSING\n\n', role, ': PROCESSING\n\n', ...hello, chunk({}, 'stop'), done],
    judge: says('Hello'),
  },
  { title: 'no role', body: [...hello, chunk({}, 'stop'), done], judge: says('Hello') },
  { title: 'stream that just stops', body: [role, ...hello], judge: fails(undefined, '') },
  {
    title: 'error in the middle',
    body: [role, ...hello, 'data: {"error":{"message":"The GPU is on fire","type":"server_error"}}\n\n'],
    judge: fails(undefined, 'GPU'),
  },
  {
    title: 'error as first event',
    body: ['data: {"error":{"message":"The GPU is on fire","type":"server_error"}}\n\n'],
    judge: fails(undefined, 'GPU'),
  },
  {
    title: 'connection broken in the middle',
    body: [role, ...hello],
    breaksOff: true,
    judge: fails(undefined, ''),
  },
  {
    title: 'citations',
    body: [
      role,
      ...hello,
      chunk({
        annotations: [{ type: 'url_citation', url_citation: { url: page, title: 'A', start_index: 0, end_index: 5 } }],
      }),
      chunk({}, 'stop'),
      done,
    ],
    judge: cites,
  },
  {
    title: 'pages beside the choices',
    body: [role, ...hello, chunk({}, 'stop', { search_results: [{ title: 'A', url: page }] }), done],
    judge: cites,
  },
  {
    title: 'calls of one index, without ids',
    body: [
      role,
      chunk(call(0, { id: '', function: { name: 'get_weather', arguments: '{"city":"Rome"}' } })),
      chunk(call(0, { id: '', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } })),
      chunk({}, 'tool_calls'),
      done,
    ],
    judge: calls('Rome', 'Oslo'),
  },
  {
    title: 'calls that end with stop',
    body: [role, start(0, 'a'), args(0, '{"city":"Rome"}'), chunk({}, 'stop'), done],
    judge: calls('Rome'),
  },
  {
    title: 'a call without arguments',
    body: [role, start(0, 'a'), chunk({}, 'tool_calls'), done],
    judge: (seen) =>
      first(
        unexpected(seen),
        !same(seen.tools, [{ name: 'get_weather', args: {} }]) && `calls ${JSON.stringify(seen.tools)}`,
      ),
  },
  {
    title: 'a call in the old form',
    body: [
      role,
      chunk({ function_call: { name: 'get_weather', arguments: '{"city":' } }),
      chunk({ function_call: { arguments: '"Rome"}' } }),
      chunk({}, 'function_call'),
      done,
    ],
    judge: calls('Rome'),
  },
  {
    title: 'thinking as a part of the content',
    body: [
      role,
      chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] }),
      chunk({ content: [{ type: 'text', text: 'Hello' }] }),
      chunk({}, 'stop'),
      done,
    ],
    judge: (seen) => first(says('Hello')(seen), seen.reasoning !== 'Hm.' && `reasoning "${seen.reasoning}"`),
  },
  {
    title: 'cached tokens beside the counts',
    body: [
      role,
      ...hello,
      chunk({}, 'stop', { usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120, cached_tokens: 80 } }),
      done,
    ],
    judge: (seen) => first(says('Hello')(seen), !same(seen.tokens, [100, 80, 20]) && `usage ${seen.tokens.join('/')}`),
  },
  {
    title: 'lines that end with CR LF',
    body: [role, ...hello, chunk({}, 'stop'), done].map((piece) => piece.replaceAll('\n', '\r\n')),
    judge: says('Hello'),
  },
  { title: 'empty stream', body: [], judge: fails(undefined, '') },
  {
    title: '429 with Retry-After',
    status: 429,
    headers: { 'retry-after': '2' },
    body: ['{"error":{"message":"Slow down please","type":"rate_limit_error"}}'],
    judge: fails(429, 'Slow down'),
  },
  {
    title: '400',
    status: 400,
    body: ['{"error":{"message":"Wrong shape","type":"invalid_request_error"}}'],
    judge: fails(400, 'Wrong shape'),
  },
];
