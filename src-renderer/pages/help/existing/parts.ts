// What is said of a key or file of another installation, in the language of the window.
import type { FoundFile, FoundKey, InstalledProgram } from '../../../../src-shared/contract/installations.ts';
import { noticeText } from '../../../components/notice-text.ts';
import type { Text } from '../../../i18n/i18n.ts';
import type { Part } from './part-rows.tsx';

const accountsKey = 'auth-dir';

/** Names of their makers, the same in every language. */
const names = {
  'cli-proxy-api': 'CLIProxyAPI',
  easycli: 'EasyCLI',
  proxypal: 'ProxyPal',
  quotio: 'Quotio',
  vibeproxy: 'VibeProxy',
} as const;

export const programName = (t: Text, program: InstalledProgram): string =>
  program === 'homebrew' || program === 'chosen' ? t(`existing.programs.${program}`) : names[program];

export const keyParts = (t: Text, keys: readonly FoundKey[]): readonly Part[] =>
  keys.map(({ key, line, use, notices }) => ({
    name: key,
    shown: key,
    place: t('existing.line', { line }),
    group: use,
    isFixed: use === 'refused',
    why: keyWhy(t, key, use),
    details: notices.map((notice) => `${t('existing.line', { line: notice.line })}: ${noticeText(t, notice)}`),
  }));

function keyWhy(t: Text, key: string, use: FoundKey['use']): string {
  if (use === 'used') return '';
  if (use === 'kept') return t('existing.keptKey');
  return t(key === accountsKey ? 'existing.authDir' : 'existing.disguise');
}

export const fileParts = (t: Text, files: readonly FoundFile[], shown: (text: string) => string): readonly Part[] =>
  files.map(({ name, type, use, exists }) => ({
    name,
    shown: shown(name),
    place: type,
    group: exists ? 'refused' : use,
    isFixed: exists || use === 'refused',
    why: exists ? t('existing.isHere') : fileWhy(t, type, use),
    details: [],
  }));

function fileWhy(t: Text, type: string, use: FoundFile['use']): string {
  if (use === 'used') return '';
  if (use === 'refused') return t('existing.refusedFile');
  return type === '' ? t('existing.keptFile') : t('existing.keptKind', { type });
}
