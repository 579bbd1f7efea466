// The difference that a preview shows, file by file.
import type { AgentChange } from '../../../src-shared/contract/agents.ts';
import { countDiffLines, DiffBox } from '../../components/diff-box.tsx';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { shortPath } from './tool-state.ts';

interface ChangesProps {
  readonly changes: readonly AgentChange[];
  /** Said where nothing changes. */
  readonly nothing: string;
}

export function Changes({ changes, nothing }: ChangesProps) {
  const t = useText();
  const keys = useRead('client-keys.list').data?.keys ?? [];
  if (changes.length === 0) return <p className="dim">{nothing}</p>;
  return (
    <>
      {changes.map(({ file, after, diff }) => (
        <section key={file}>
          <Head side={t('tools.drawer.lines', countDiffLines(diff))}>
            <code title={file}>{shortPath(file)}</code>
          </Head>
          <DiffBox
            diff={diff}
            label={t('tools.drawer.diffOf', { file: shortPath(file) })}
            secrets={keys.map(({ key }) => key)}
          />
          {after === '' && <p className="second">{t('tools.restoreDrawer.removed')}</p>}
        </section>
      ))}
    </>
  );
}
