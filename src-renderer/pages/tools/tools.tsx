// Tools: the programs on this computer that can use the gateway, and setting them up.
import { Button, Menu } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Agent } from '../../../src-shared/contract/agents.ts';
import { clock, day } from '../../components/format.ts';
import { Head, PageHead } from '../../components/page.tsx';
import { Empty, Loaded } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { invalidate, useRead } from '../../state/client.ts';
import { ManualDrawer } from './manual-drawer.tsx';
import { RestoreDrawer } from './restore-drawer.tsx';
import { SetupDrawer } from './setup-drawer.tsx';
import { ToolRow } from './tool-row.tsx';
import { byNeed } from './tool-state.ts';

export function Tools() {
  const t = useText();
  const navigate = useNavigate();
  const list = useRead('agents.list');
  // `#/tools/codex` sets one up, `#/tools/codex/restore` puts its files back.
  const [wanted, act] = (useParams()['*'] ?? '').split('/');
  useEffect(() => {
    // Files of other programs change without a word.
    void invalidate('agents.list');
  }, []);
  const close = () => void navigate('/tools');
  return (
    <div className="page">
      <PageHead title={t('pages.tools')} note={t('tools.note')}>
        <Button
          leftSection={<IconRefresh size={16} stroke={1.5} />}
          disabled={list.isFetching}
          onClick={() => void invalidate('agents.list')}
        >
          {t('tools.lookAgain')}
        </Button>
      </PageHead>
      <Loaded query={list} failure={t('tools.failed')} rows={6}>
        {({ agents }) => {
          const chosen = agents.find(({ id }) => id === wanted);
          return (
            <>
              <Found agents={agents.filter(({ installed, configured }) => installed || configured)} />
              <div className="halves tool-halves">
                <NotFound agents={agents.filter(({ installed, configured }) => !installed && !configured)} />
                <Written agents={agents.filter(({ written }) => written !== '')} />
              </div>
              {chosen && act === 'restore' && <RestoreDrawer key={chosen.id} agent={chosen} onClose={close} />}
              {chosen && act !== 'restore' && chosen.support === 'file' && (
                <SetupDrawer key={chosen.id} agent={chosen} onClose={close} />
              )}
              {chosen && chosen.support !== 'file' && <ManualDrawer key={chosen.id} agent={chosen} onClose={close} />}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

interface Agents {
  readonly agents: readonly Agent[];
}

function Found({ agents }: Agents) {
  const t = useText();
  if (agents.length === 0) return <Empty title={t('tools.none')}>{t('tools.noneNote')}</Empty>;
  return (
    <ul className="box tool-list divided">
      <li className="second tool-heads" aria-hidden="true">
        <span>{t('tools.tool')}</span>
        <span>{t('tools.state')}</span>
        <span>{t('tools.uses')}</span>
      </li>
      {agents.toSorted(byNeed).map((agent) => (
        <ToolRow key={agent.id} agent={agent} />
      ))}
    </ul>
  );
}

function NotFound({ agents }: Agents) {
  const t = useText();
  const navigate = useNavigate();
  const possible = agents.filter(({ support }) => support !== 'none');
  return (
    <section>
      <Head>{t('tools.notFound')}</Head>
      <p className="dim">
        {agents.length === 0 ? t('tools.allFound') : `${agents.map(({ name }) => name).join(', ')}. `}
        {possible.length > 0 && (
          <Menu position="bottom-start">
            <Menu.Target>
              <button type="button" className="plain link">
                {t('tools.byHand')}
              </button>
            </Menu.Target>
            <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
              {possible.map(({ id, name }) => (
                <Menu.Item key={id} onClick={() => void navigate(`/tools/${id}`)}>
                  {name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </p>
    </section>
  );
}

function Written({ agents }: Agents) {
  const t = useText();
  const newest = agents.toSorted((a, b) => b.written.localeCompare(a.written));
  return (
    <section>
      <Head>{t('tools.changes')}</Head>
      {newest.length === 0 ? (
        <p className="dim">{t('tools.noChanges')}</p>
      ) : (
        <ul className="feed tool-changes">
          {newest.map(({ id, name, written }) => (
            <li key={id}>
              <span className="dim nowrap">{day(written) === day(Date.now()) ? clock(written) : day(written)}</span>
              <span className="cut">{t('tools.changedAt', { name })}</span>
              <Link to={`/tools/${id}/restore`} aria-label={t('tools.restoreNamed', { name })}>
                {t('tools.restore')}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <p className="second pair-note">{t('tools.restoreNote')}</p>
    </section>
  );
}
