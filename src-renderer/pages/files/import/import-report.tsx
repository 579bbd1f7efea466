// Takes files that are dropped anywhere on the page, and shows for each what it is and what came of it.
import { Button } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.layer.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { SideDrawer } from '../../../components/drawer.tsx';
import { maskEmail } from '../../../components/mask.ts';
import { type Status, StatusText } from '../../../components/status-icon.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { usePrivacy } from '../../../state/preferences.ts';
import { useStore } from '../../../state/store.ts';
import { type ImportedFile, type ImportOutcome, type ImportReport, importFiles, importStore } from './import-files.ts';

const outcomes: Readonly<Record<ImportOutcome, Status>> = {
  refused: 'error',
  unsupported: 'off',
  replaced: 'ok',
  added: 'ok',
};

/** `takesDrops`: off while something over the page takes files itself. */
export function FileImport({ takesDrops }: { readonly takesDrops: boolean }) {
  const t = useText();
  const report = useStore(importStore);
  return (
    <>
      <Dropzone.FullScreen active={takesDrops} onDrop={(dropped) => void importFiles(dropped)} zIndex={300}>
        <p className="drop-note">{t('files.drop')}</p>
      </Dropzone.FullScreen>
      {report && <Report report={report} />}
    </>
  );
}

function Report({ report }: { readonly report: ImportReport }) {
  const t = useText();
  const { files, omitted, total } = report;
  const refused = files.filter(({ outcome }) => outcome === 'refused').length;
  const counts = [
    t('files.imported', { count: files.length - refused }),
    ...(refused > 0 ? [t('files.import.refusedCount', { count: refused })] : []),
    ...(omitted > 0 ? [t('files.import.omitted', { count: omitted })] : []),
  ];
  const close = () => importStore.set(undefined);
  return (
    <SideDrawer
      title={t('accounts.importFiles')}
      note={files.length < total ? t('files.import.progress', { done: files.length, total }) : counts.join(' · ')}
      width={560}
      onClose={close}
      foot={
        <>
          <span className="grow" />
          <Button variant="filled" data-autofocus onClick={close}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <ReportRows files={files} />
    </SideDrawer>
  );
}

/** What went wrong first; only the rows in view exist. */
function ReportRows({ files }: { readonly files: readonly ImportedFile[] }) {
  const t = useText();
  const privacy = usePrivacy();
  const shown = (text: string) => (privacy ? maskEmail(text) : text);
  const scroller = useRef<HTMLElement>(null);
  const sorted = [
    ...files.filter(({ outcome }) => outcome === 'refused'),
    ...files.filter(({ outcome }) => outcome !== 'refused'),
  ];
  const rows = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 56,
    overscan: 8,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className="import-report" ref={scroller} tabIndex={0} aria-label={t('accounts.importFiles')}>
      <ul className="virtual-rows" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const file = sorted[index];
          return (
            file && (
              <li
                key={index}
                ref={rows.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={sorted.length}
                style={{ transform: `translateY(${start}px)` }}
              >
                <StatusText status={outcomes[file.outcome]}>{t(`files.import.outcomes.${file.outcome}`)}</StatusText>
                <div className="grow">
                  <p className="cut" title={shown(file.name)}>
                    {shown(file.name)}
                  </p>
                  <p className="second">{shown([file.what, file.reason].filter(Boolean).join('. '))}</p>
                </div>
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}
