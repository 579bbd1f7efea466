// Bytes of images and files in addresses, the way the OpenAI formats carry them.
import type { Source } from '../../model/request.ts';

/** `data:` addresses are taken apart; others stay addresses. */
export function sourceFromUrl(url: string): Source {
  const comma = url.indexOf(',');
  if (!url.startsWith('data:') || comma < 0) return { kind: 'url', url };
  const [mime = '', ...options] = url.slice('data:'.length, comma).split(';');
  const payload = url.slice(comma + 1);
  return {
    kind: 'base64',
    mime: mime || 'application/octet-stream',
    data: options.includes('base64') ? payload : Buffer.from(decodeURIComponent(payload)).toString('base64'),
  };
}

/** The address of a source; undefined when it has none (an upload at another service). */
export function urlOfSource(source: Source): string | undefined {
  if (source.kind === 'url') return source.url;
  if (source.kind === 'base64') return `data:${source.mime};base64,${source.data}`;
  if (source.kind === 'text') return `data:text/plain;base64,${Buffer.from(source.text).toString('base64')}`;
  return undefined;
}
