// The config file: as a form or as YAML, reviewed before it is saved, with its earlier versions at hand.
import { Button, SegmentedControl } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { Banner, PageHead } from '../../components/page.tsx';
import { Failed, Loading } from '../../components/states.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { callDesktop, transport, useRead } from '../../state/client.ts';
import { ConfigForm } from './config-form.tsx';
import { HistoryDrawer } from './history-drawer.tsx';
import { configKeys, helpOf } from './keys.ts';
import { NoticeBanner } from './notice-banner.tsx';
import { asksForAction, withFixes } from './notice-fixes.ts';
import { Outline } from './outline.tsx';
import { CompareDrawer, ReviewDrawer } from './review-drawers.tsx';
import { type ConfigDocument, useDocument } from './use-document.ts';

const Editor = lazy(async () => ({ default: (await import('./editor.tsx')).Editor }));

type View = 'form' | 'yaml';
type Drawer = 'review' | 'compare' | 'history';

export function Config() {
  const t = useText();
  const { document, query } = useDocument();
  const file = useRead('server-info.get').data?.configFile;
  // `#/config/12` goes to a line, `#/config/review` to the review of what was edited elsewhere.
  const wanted = useParams()['*'] ?? '';
  if (document === undefined) {
    return (
      <div className="page">
        <PageHead title={t('pages.config')} note={file && <code>{file}</code>} />
        {query.error ? (
          <Failed title={t('config.failed')} error={query.error} onRetry={query.refetch} />
        ) : (
          <Loading rows={8} height={20} />
        )}
      </div>
    );
  }
  return <Document key={wanted} document={document} file={file ?? 'config.yaml'} wanted={wanted} />;
}

interface DocumentProps {
  readonly document: ConfigDocument;
  readonly file: string;
  /** Where the page was opened at. */
  readonly wanted: string;
}

function Document({ document, file, wanted }: DocumentProps) {
  const t = useText();
  const wantedLine = Number(wanted);
  const [view, setView] = useState<View>('yaml');
  const [drawer, setDrawer] = useState<Drawer>();
  const [goTo, setGoTo] = useState<{ readonly line: number } | undefined>(
    wantedLine > 0 ? { line: wantedLine } : undefined,
  );
  const { draft, dirty, error, checking, theirs, notices } = document;
  const close = () => setDrawer(undefined);
  const show = (line: number) => {
    setView('yaml');
    setGoTo({ line });
  };
  const [reviewAsked, setReviewAsked] = useState(wanted === 'review');
  useHotkeys([['mod+S', () => setReviewAsked(true)]], [], true);
  useEffect(() => {
    // What was typed a moment ago is checked first.
    if (!reviewAsked || checking) return;
    setReviewAsked(false);
    if (dirty && error === undefined) setDrawer('review');
  }, [reviewAsked, checking, dirty, error]);
  return (
    <div className="page fill">
      <PageHead title={t('pages.config')} note={<code>{file}</code>}>
        <SegmentedControl
          aria-label={t('config.view')}
          mr={8}
          data={(['form', 'yaml'] as const).map((value) => ({ value, label: t(`config.views.${value}`) }))}
          value={view}
          onChange={(value) => setView(value as View)}
        />
        {transport.desktop && (
          <Button onClick={() => void attempt(t('config.openFailed'), () => callDesktop('desktop.open-config'))}>
            {t('config.openFile')}
          </Button>
        )}
        <Button onClick={() => setDrawer('history')}>{t('config.history')}</Button>
        <Button disabled={!dirty} onClick={document.discard}>
          {t('config.discard')}
        </Button>
        <Button
          variant="filled"
          disabled={!dirty || error !== undefined || checking}
          onClick={() => setDrawer('review')}
        >
          {t('config.review')}
        </Button>
      </PageHead>
      {theirs !== undefined && <OutsideChange document={document} onCompare={() => setDrawer('compare')} />}
      {theirs === undefined && (
        <NoticeBanner
          text={draft}
          notices={notices}
          onShow={show}
          onFix={() => {
            document.replaceDraft(withFixes(draft, notices));
            setReviewAsked(true);
          }}
        />
      )}
      {view === 'yaml' ? (
        <div className="config-body">
          <div className="config-editor">
            <Suspense fallback={<Loading rows={8} height={20} />}>
              <Editor
                label="config.yaml"
                text={draft}
                replaced={document.replaced}
                onChange={document.setDraft}
                error={error}
                notices={notices}
                keys={configKeys}
                describe={(key) => helpOf(t, key)}
                goTo={goTo}
              />
            </Suspense>
          </div>
          <Outline text={draft} errorLine={error?.line ?? 0} onGo={(line) => setGoTo({ line })} />
        </div>
      ) : (
        <ConfigForm text={draft} onChange={document.setDraft} />
      )}
      <DocumentFoot document={document} showsMessage={view === 'form'} onShow={show} />
      {drawer === 'review' && <ReviewDrawer document={document} onClose={close} />}
      {drawer === 'compare' && theirs !== undefined && <CompareDrawer theirs={theirs} draft={draft} onClose={close} />}
      {drawer === 'history' && (
        <HistoryDrawer
          draft={draft}
          onRestore={(text) => {
            document.replaceDraft(text);
            close();
          }}
          onClose={close}
        />
      )}
    </div>
  );
}

interface DocumentFootProps {
  readonly document: ConfigDocument;
  /** Whether the error is not told anywhere else. */
  readonly showsMessage: boolean;
  readonly onShow: (line: number) => void;
}

function DocumentFoot({ document: { draft, error, checking, notices }, showsMessage, onShow }: DocumentFootProps) {
  const t = useText();
  const wrong = notices.filter(asksForAction).length;
  const unused = notices.length - wrong;
  return (
    <div className="row second page-foot" aria-live="polite">
      {error ? (
        <>
          <StatusText status="error">{t('config.oneError')}</StatusText>
          {error.line > 0 && (
            <button type="button" className="plain link" onClick={() => onShow(error.line)}>
              {t('config.place', { line: error.line, column: error.column })}
            </button>
          )}
          <span className="cut">{showsMessage || error.line === 0 ? error.message : t('config.nothingSaved')}</span>
        </>
      ) : (
        <StatusText status={checking ? 'busy' : 'ok'}>{t(checking ? 'config.checking' : 'config.noErrors')}</StatusText>
      )}
      {wrong > 0 && <StatusText status="warn">{t('config.wrongCount', { count: wrong })}</StatusText>}
      {unused > 0 && <StatusText status="off">{t('config.unusedCount', { count: unused })}</StatusText>}
      <span className="grow" />
      {notices.length > 0 && <span>{t('config.nextNotice')}</span>}
      <span>
        {t('config.lines', {
          count: draft.trimEnd().split('\n').length,
          endings: draft.includes('\r\n') ? 'CRLF' : 'LF',
        })}
      </span>
    </div>
  );
}

interface OutsideChangeProps {
  readonly document: ConfigDocument;
  readonly onCompare: () => void;
}

/** Somebody else saved the file while a draft was open. */
function OutsideChange({ document, onCompare }: OutsideChangeProps) {
  const t = useText();
  return (
    <div className="page-banner">
      <Banner
        status="warn"
        actions={
          <>
            <Button onClick={onCompare}>{t('config.compare')}</Button>
            <Button onClick={document.takeTheirs}>{t('config.takeTheirs')}</Button>
            <Button onClick={document.keepMine}>{t('config.keepMine')}</Button>
          </>
        }
      >
        <strong>{t('config.outside')}</strong> {t('config.outsideNote')}
      </Banner>
    </div>
  );
}
