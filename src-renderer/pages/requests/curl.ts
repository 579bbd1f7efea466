// A request as a line for the terminal. Prompts and keys are not kept: both are left to the person.
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';

const prompt = '…';

type Asked = Pick<RequestRecord, 'form' | 'model' | 'stream'>;

/** The path of a request's format, as clients ask for it. */
export function pathOf({ form, model, stream }: Asked): string {
  switch (form) {
    case 'chat':
      return '/v1/chat/completions';
    case 'count':
      return '/v1/messages/count_tokens';
    case 'gemini':
      return `/v1beta/models/${encodeURIComponent(model ?? '')}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`;
    default:
      return `/v1/${form}`;
  }
}

function bodyOf({ form, model, stream }: Asked): object {
  const common = { model, ...(stream && { stream }) };
  const messages = [{ role: 'user', content: prompt }];
  if (form === 'gemini') return { contents: [{ role: 'user', parts: [{ text: prompt }] }] };
  if (form === 'messages') return { ...common, max_tokens: 1024, messages };
  if (form === 'count') return { model, messages };
  if (form === 'chat') return { ...common, messages };
  if (form === 'completions') return { ...common, prompt };
  return { ...common, input: prompt };
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** `$CLIENT_KEY` stands for the key of the client. */
export function curlLine(request: Asked, address: string): string {
  return [
    `curl ${quoted(`${address}${pathOf(request)}`)}`,
    '-H "Authorization: Bearer $CLIENT_KEY"',
    "-H 'Content-Type: application/json'",
    `-d ${quoted(JSON.stringify(bodyOf(request)))}`,
  ].join(' \\\n  ');
}
