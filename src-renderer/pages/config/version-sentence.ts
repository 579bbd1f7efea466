// What a version of the config changed, as a sentence.
import type { ConfigChange, ConfigVersion } from '../../../src-shared/contract/config-history.ts';
import type { Text } from '../../i18n/i18n.ts';

function changeText(t: Text, { path, kind, item, before, after }: ConfigChange): string {
  if (kind === 'moved') return t('config.change.moved', { path });
  if (item !== '') return t(`config.change.${kind}Item`, { path, item });
  if (kind === 'changed' && before !== '' && after !== '') return t('config.change.fromTo', { path, before, after });
  if (kind === 'added' && after !== '') return t('config.change.setTo', { path, after });
  return t(`config.change.${kind}`, { path });
}

export function versionSentence(t: Text, { changes, total, added, removed }: ConfigVersion, isOldest: boolean): string {
  if (isOldest) return t('config.change.oldest');
  if (total === 0) return t(added + removed === 0 ? 'config.change.none' : 'config.change.comments');
  const told = changes.map((change) => changeText(t, change));
  if (total > changes.length) told.push(t('config.change.more', { count: total - changes.length }));
  return told.join(t('config.change.separator'));
}
