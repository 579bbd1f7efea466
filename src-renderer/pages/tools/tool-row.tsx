// One tool: state, what it uses over its file, one action, and the rest in a menu.
import { Button, Menu } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import type { Agent } from '../../../src-shared/contract/agents.ts';
import { copy } from '../../components/copy.tsx';
import { Mark } from '../../components/page.tsx';
import { RowMenu } from '../../components/row-menu.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useStore } from '../../state/store.ts';
import { verify, verifyingStore } from './actions.ts';
import { markOf, shortPath, stateOf, usesOf } from './tool-state.ts';

export function ToolRow({ agent }: { readonly agent: Agent }) {
  const t = useText();
  const navigate = useNavigate();
  const isVerifying = useStore(verifyingStore).has(agent.id);
  const { id, name, version, support, state, files } = agent;
  const [status, words] = isVerifying ? (['busy', t('tools.states.verifying')] as const) : stateOf(t, agent);
  const uses = usesOf(t, agent);
  const file = files.find(({ exists }) => exists)?.file ?? files[0]?.file;
  return (
    <li>
      <span className="row tool-name">
        <Mark id={markOf(name)} />
        <span className="cut" title={name}>
          {name}
        </span>
        <span className="second cut" title={version}>
          {version}
        </span>
      </span>
      <StatusText status={status}>{words}</StatusText>
      <span className="tool-uses">
        <span className="cut" title={uses}>
          {uses}
        </span>
        {file && (
          <code className="dim cut" title={file}>
            {shortPath(file)}
          </code>
        )}
      </span>
      {support === 'file' && state === 'configured' ? (
        <Button
          size="xs"
          disabled={isVerifying}
          aria-label={t('tools.verifyNamed', { name })}
          onClick={() => void verify(agent)}
        >
          {t('tools.verify')}
        </Button>
      ) : support === 'none' ? (
        <span />
      ) : (
        <Button size="xs" component={Link} to={`/tools/${id}`} aria-label={t('tools.setUpNamed', { name })}>
          {t(support === 'environment' ? 'tools.showVariables' : state === 'absent' ? 'tools.setUp' : 'tools.look')}
        </Button>
      )}
      {support === 'file' ? (
        <RowMenu name={name}>
          {() => (
            <>
              <Menu.Item disabled={!agent.configured || isVerifying} onClick={() => void verify(agent)}>
                {t('tools.verify')}
              </Menu.Item>
              <Menu.Item onClick={() => void navigate(`/tools/${id}`)}>{t('tools.change')}</Menu.Item>
              <Menu.Item disabled={agent.written === ''} onClick={() => void navigate(`/tools/${id}/restore`)}>
                {t('tools.restoreMenu')}
              </Menu.Item>
              {file && <Menu.Item onClick={() => void copy(file, t('tools.path'))}>{t('tools.copyPath')}</Menu.Item>}
            </>
          )}
        </RowMenu>
      ) : (
        <span />
      )}
    </li>
  );
}
