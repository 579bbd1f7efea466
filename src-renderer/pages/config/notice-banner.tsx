// Over the editor: lines of the config that ask for something to be done, although everything else is in force.
import { Button } from '@mantine/core';
import type { ConfigNotice } from '../../../src-shared/contract/config.ts';
import { noticeText } from '../../components/notice-text.ts';
import { Banner } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { asksForAction, fixOf } from './notice-fixes.ts';

const maxShown = 2;

interface NoticeBannerProps {
  readonly text: string;
  readonly notices: readonly ConfigNotice[];
  readonly onShow: (line: number) => void;
  readonly onFix: () => void;
}

export function NoticeBanner({ text, notices, onShow, onFix }: NoticeBannerProps) {
  const t = useText();
  const wrong = notices.filter(asksForAction);
  const first = wrong[0];
  if (first === undefined) return null;
  const fixable = wrong.filter((notice) => fixOf(text, notice) !== undefined).length;
  return (
    <div className="page-banner">
      <Banner
        status="warn"
        actions={
          <>
            <Button onClick={() => onShow(first.line)}>{t('config.showInFile')}</Button>
            {fixable > 0 && <Button onClick={onFix}>{t('config.putRight', { count: fixable })}</Button>}
          </>
        }
      >
        <strong>{t('config.toPutRight', { count: wrong.length })}</strong>
        {wrong.slice(0, maxShown).map((notice) => (
          <div key={notice.path}>{t('config.lineSays', { line: notice.line, message: noticeText(t, notice) })}</div>
        ))}
      </Banner>
    </div>
  );
}
