// The head of a part of a multipart body.
import type { PartHead } from './multipart-scanner.ts';

/** Lines as they came, separated by CR LF. */
export function dispositionOf(head: string): PartHead {
  let name = '';
  let fileName: string | undefined;
  let contentType = '';
  for (const line of head.split('\r\n')) {
    const at = line.indexOf(':');
    const value = line.slice(at + 1).trim();
    const header = at < 0 ? '' : line.slice(0, at).trim().toLowerCase();
    if (header === 'content-type') contentType = value;
    if (header !== 'content-disposition') continue;
    for (const [key, text] of parametersOf(value)) {
      if (key === 'name') name = text;
      if (key === 'filename' || key === 'filename*') fileName ??= text;
    }
  }
  return { name, fileName, contentType };
}

/** `; name="a \"b\""; filename=c`: names in small letters. */
function parametersOf(value: string): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  let at = value.indexOf(';');
  while (at >= 0) {
    const equals = value.indexOf('=', at);
    if (equals < 0) break;
    const key = value
      .slice(at + 1, equals)
      .trim()
      .toLowerCase();
    const [text, end] = value[equals + 1] === '"' ? quoted(value, equals + 2) : plain(value, equals + 1);
    found.push([key, text]);
    at = value.indexOf(';', end);
  }
  return found;
}

function quoted(value: string, from: number): readonly [string, number] {
  let text = '';
  let at = from;
  for (; at < value.length && value[at] !== '"'; at++) {
    if (value[at] === '\\' && (value[at + 1] === '"' || value[at + 1] === '\\')) at++;
    text += value[at];
  }
  return [text, at];
}

function plain(value: string, from: number): readonly [string, number] {
  const end = value.indexOf(';', from);
  return end < 0 ? [value.slice(from).trim(), value.length] : [value.slice(from, end).trim(), end];
}

/** The boundary of a `content-type`, if that is a form's. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const type = contentType ?? '';
  if (!/^multipart\/form-data\s*(?:;|$)/i.test(type.trim())) return undefined;
  const boundary = parametersOf(type).find(([key]) => key === 'boundary')?.[1];
  // RFC 2046, 5.1.1.
  return boundary === undefined || boundary === '' || boundary.length > 200 ? undefined : boundary;
}
