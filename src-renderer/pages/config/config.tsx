// The config file: as a form or as YAML, reviewed before it is saved, with its earlier versions at hand.
import { Button, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useParams } from 'react-router';
import { useText } from '../../i18n/i18n.ts';
import { whole } from '../../parts/format.ts';
import { Banner, PageHead } from '../../parts/page.tsx';
import { Shape, Status } from '../../parts/shape.tsx';
import { SideSheet } from '../../parts/side-sheet.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { useRead } from '../../state/client.ts';
import { ConfigForm } from './config-form.tsx';
import { DiffArea } from './diff-area.tsx';
import { HistorySheet } from './history-sheet.tsx';
import { type ConfigPath, keyAt } from './keys.ts';
import { type ConfigDocument, useDocument } from './use-document.ts';
import { countChanges, outlineOf } from './yaml-scalar.ts';

const Editor = lazy(async () => ({ default: (await import('./editor.tsx')).Editor }));

type View = 'form' | 'yaml';
type Sheet = 'review' | 'compare' | 'history';

export function Config() {
  const t = useText();
  const { document, query } = useDocument();
  const file = useRead('server-info.get').data?.configFile;
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
  return <Document document={document} file={file ?? 'config.yaml'} />;
}

function Document({ document, file }: { readonly document: ConfigDocument; readonly file: string }) {
  const t = useText();
  const wantedLine = Number(useParams()['*'] ?? 0);
  const [view, setView] = useState<View>('yaml');
  const [sheet, setSheet] = useState<Sheet>();
  const [goTo, setGoTo] = useState<{ readonly line: number } | undefined>(
    wantedLine > 0 ? { line: wantedLine } : undefined,
  );
  const { draft, base, dirty, error, checking, theirs } = document;
  const save = async () => {
    if (await document.save()) setSheet(undefined);
  };
  const close = () => setSheet(undefined);
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
        <Button onClick={() => setSheet('history')}>{t('config.history')}</Button>
        <Button disabled={!dirty} onClick={document.discard}>
          {t('config.discard')}
        </Button>
        <Button
          variant="filled"
          disabled={!dirty || error !== undefined || checking}
          onClick={() => setSheet('review')}
        >
          {t('config.review')}
        </Button>
      </PageHead>
      {theirs !== undefined && (
        <div className="page-banner">
          <Banner
            tone="warn"
            actions={
              <>
                <Button onClick={() => setSheet('compare')}>{t('config.compare')}</Button>
                <Button onClick={document.takeTheirs}>{t('config.takeTheirs')}</Button>
                <Button onClick={document.keepMine}>{t('config.keepMine')}</Button>
              </>
            }
          >
            <strong>{t('config.outside')}</strong> {t('config.outsideNote')}
          </Banner>
        </div>
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
                describe={({ path }) => t(`config.keys.${path as ConfigPath}`)}
                goTo={goTo}
              />
            </Suspense>
          </div>
          <Outline text={draft} errorLine={error?.line ?? 0} onGo={(line) => setGoTo({ line })} />
        </div>
      ) : (
        <ConfigForm text={draft} onChange={document.setDraft} />
      )}
      <div className="row second page-foot" aria-live="polite">
        {error ? (
          <>
            <Status tone="error">{t('config.oneError')}</Status>
            {error.line > 0 && (
              <button
                type="button"
                className="plain link"
                onClick={() => {
                  setView('yaml');
                  setGoTo({ line: error.line });
                }}
              >
                {t('config.place', { line: error.line, column: error.column })}
              </button>
            )}
            <span className="cut">
              {view === 'form' || error.line === 0 ? error.message : t('config.nothingSaved')}
            </span>
          </>
        ) : (
          <Status tone={checking ? 'busy' : 'ok'}>{t(checking ? 'config.checking' : 'config.noErrors')}</Status>
        )}
        <span className="grow" />
        <span>
          {t('config.lines', {
            count: draft.trimEnd().split('\n').length,
            endings: draft.includes('\r\n') ? 'CRLF' : 'LF',
          })}
        </span>
      </div>
      {sheet === 'review' && (
        <SideSheet
          title={t('config.reviewTitle', { count: countChanges(base, draft) })}
          note={t('config.reviewNote')}
          width={620}
          onClose={close}
          foot={
            <>
              <span className="second grow">{t('config.keptInHistory')}</span>
              <Button onClick={close}>{t('config.back')}</Button>
              <Button variant="filled" data-autofocus onClick={() => void save()}>
                {t('common.save')}
              </Button>
            </>
          }
        >
          <DiffArea label={t('config.changes')} before={base} after={draft} />
        </SideSheet>
      )}
      {sheet === 'compare' && theirs !== undefined && (
        <SideSheet
          title={t('config.compareTitle')}
          note={t('config.compareNote')}
          width={620}
          onClose={close}
          foot={
            <>
              <span className="grow" />
              <Button data-autofocus onClick={close}>
                {t('config.back')}
              </Button>
            </>
          }
        >
          <DiffArea label={t('config.changes')} before={theirs} after={draft} />
        </SideSheet>
      )}
      {sheet === 'history' && (
        <HistorySheet
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

interface OutlineProps {
  readonly text: string;
  readonly errorLine: number;
  readonly onGo: (line: number) => void;
}

function Outline({ text, errorLine, onGo }: OutlineProps) {
  const t = useText();
  const keys = outlineOf(text);
  const faulty = errorLine > 0 ? keys.findLast(([, line]) => line <= errorLine)?.[0] : undefined;
  return (
    <nav aria-label={t('config.outline')} className="outline wide-only">
      <h2 className="second">{t('config.outline')}</h2>
      <ul>
        {keys.map(([key, line]) => (
          <li key={`${key} ${line}`}>
            <button type="button" className="plain row outline-key" onClick={() => onGo(line)}>
              <span className={`cut grow mono ${key === faulty ? 't-error' : keyAt(key) ? '' : 'dim'}`}>{key}</span>
              {key === faulty && <Shape tone="error" />}
              <span className="second">{whole(line)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
