// What the YAML editor says, in the language of the window.

import { noticeText } from '../../components/notice-text.ts';
import type { Text } from '../../i18n/i18n.ts';
import type { EditorWords } from './find-bar.ts';
import type { NoticeWords } from './notice-marks.ts';

export const wordsOf = (t: Text): EditorWords => ({
  find: t('config.find.find'),
  replace: t('config.find.replace'),
  matchCase: t('config.find.matchCase'),
  previous: t('config.find.previous'),
  next: t('config.find.next'),
  replaceOne: t('config.find.replaceOne'),
  replaceAll: t('config.find.replaceAll'),
  close: t('common.close'),
  nothing: t('config.find.nothing'),
  count: (at, total) => (at > 0 ? t('config.find.count', { at, total }) : t('config.find.total', { total })),
  unchanged: t('config.unchanged'),
});

export const noticeWordsOf = (t: Text): NoticeWords => ({
  lead: ({ kind }) => t(`config.notices.${kind}`),
  sentence: (notice) => noticeText(t, notice),
  fix: ({ kind, suggestion }) =>
    kind === 'misspelt' ? t('config.write', { name: suggestion ?? '' }) : t('config.makeKey'),
});
