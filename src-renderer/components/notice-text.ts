// A notice of the config as a sentence in the language of the window.
import type { ConfigNotice } from '../../src-shared/contract/config.ts';
import type { Text } from '../i18n/i18n.ts';

type Notice = Pick<ConfigNotice, 'kind' | 'path' | 'message' | 'suggestion'>;

/** The server's own sentence, in English, where it says more than any of ours: what is wrong with a certificate. */
export function noticeText(t: Text, notice: Notice): string {
  const { path, suggestion = '', message } = notice;
  const name = sentenceOf(notice);
  return name === undefined ? message : t(`config.sentences.${name}`, { path, name: suggestion });
}

function sentenceOf({ kind, path, message }: Notice) {
  if (path === 'routing.strategy') return 'strategy';
  switch (kind) {
    case 'misspelt':
      return 'misspelt';
    case 'deprecated':
      return 'deprecated';
    case 'refused':
      return path.startsWith('webhooks') ? 'webhook' : 'disguise';
    case 'unused':
      return unusedBy(path);
    case 'unsafe':
      return unsafeBy(path, message);
  }
}

function unusedBy(path: string) {
  if (/^payload\.[a-z-]+-raw\b/.test(path)) return 'notJson';
  if (path.startsWith('client-policies')) return 'policy';
  return path.endsWith('.websockets') ? 'webSockets' : 'unused';
}

function unsafeBy(path: string, message: string) {
  if (path === 'host') return 'host';
  if (path === 'metrics.listen') return 'metrics';
  if (path.endsWith('proxy-url')) return 'proxy';
  if (path === 'tls') return message.startsWith('tls is off') ? 'tls' : undefined;
  return 'exampleKey';
}
