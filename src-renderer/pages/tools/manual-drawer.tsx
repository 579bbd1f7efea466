// Tools whose settings no file reaches: the variables to set, or what to enter in their dialogs.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Agent } from '../../../src-shared/contract/agents.ts';
import { Copy, CopyLine, copy } from '../../components/copy.tsx';
import { SideDrawer } from '../../components/drawer.tsx';
import { hiddenKey, maskKey } from '../../components/mask.ts';
import { maskSettings } from '../../components/mask-settings.ts';
import { Failed, Loading } from '../../components/states.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, useRead } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { useServer } from '../../state/server.ts';

interface ManualDrawerProps {
  readonly agent: Agent;
  readonly onClose: () => void;
}

export function ManualDrawer({ agent, onClose }: ManualDrawerProps) {
  const t = useText();
  return (
    <SideDrawer
      title={t('tools.drawer.title', { name: agent.name })}
      width={560}
      onClose={onClose}
      foot={
        <>
          <span className="grow" />
          <Button data-autofocus onClick={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      {agent.support === 'environment' && <Variables agent={agent} />}
      {agent.support === 'by-hand' && <Entries agent={agent} />}
      {agent.support === 'none' && <p>{t('tools.drawer.notPossible', { name: agent.name })}</p>}
    </SideDrawer>
  );
}

const exportLine = (name: string, value: string) => `export ${name}='${value.replaceAll("'", "'\\''")}'`;

function Variables({ agent: { id, name } }: { readonly agent: Agent }) {
  const t = useText();
  const privacy = usePrivacy();
  const preview = useQuery({
    queryKey: ['agents.preview', id],
    queryFn: () => call('agents.preview', { id }),
    gcTime: 0,
  });
  if (preview.error) return <Failed title={t('tools.drawer.previewFailed')} error={preview.error} />;
  if (preview.data === undefined) return <Loading rows={4} />;
  const lines = Object.entries(preview.data.variables).map(([variable, value]) => exportLine(variable, value));
  return (
    <div className="form">
      <p>{t('tools.drawer.variables', { name })}</p>
      <pre className="sunken tool-output mono">{lines.map((line) => maskSettings(line, [], privacy)).join('\n')}</pre>
      <div>
        <Button onClick={() => void copy(lines.join('\n'), t('tools.showVariables'), true)}>
          {t('tools.drawer.copyAll')}
        </Button>
      </div>
    </div>
  );
}

function Entries({ agent: { name } }: { readonly agent: Agent }) {
  const t = useText();
  const { address } = useServer();
  const key = useRead('client-keys.list').data?.keys[0]?.key;
  const privacy = usePrivacy();
  return (
    <div className="form">
      <p>{t('tools.drawer.byHand', { name })}</p>
      <div>
        <div className="second">{t('tools.drawer.baseUrl')}</div>
        <CopyLine value={`${address}/v1`} what={t('tools.drawer.baseUrl')} />
      </div>
      {key !== undefined && (
        <div>
          <div className="second">{t('tools.drawer.clientKey')}</div>
          <div className="copyline">
            <code className="cut">{privacy ? hiddenKey : maskKey(key)}</code>
            <Copy value={key} what={t('tools.drawer.clientKey')} secret />
          </div>
        </div>
      )}
    </div>
  );
}
