// What to paste so that a program asks the gateway: a tab for each, with a model that is there.
import { Button, Tabs } from '@mantine/core';
import { Link } from 'react-router';
import { Copy } from '../../components/copy.tsx';
import { hiddenKey, maskKey } from '../../components/mask.ts';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { useServedModels } from '../../state/gateway.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { useServer } from '../../state/server.ts';
import { programs } from './programs.ts';

export function ProgramLines() {
  const t = useText();
  const privacy = usePrivacy();
  const { address } = useServer();
  const key = useRead('client-keys.list').data?.keys[0]?.key ?? 'none';
  const model = useServedModels().data?.[0] ?? 'MODEL';
  return (
    <Tabs defaultValue="claude-code">
      <Tabs.List>
        {programs.map(({ id, name }) => (
          <Tabs.Tab key={id} value={id}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {programs.map(({ id, name, tool, lines }) => (
        <Tabs.Panel key={id} value={id}>
          <div className="sunken curl">
            <code>{lines({ address, key: privacy ? hiddenKey : maskKey(key), model })}</code>
            <Copy value={lines({ address, key, model })} what={name} />
          </div>
          {tool && (
            <div className="row program-tool">
              <span className="second grow">{t('home.first.orSetUp')}</span>
              <Button size="xs" component={Link} to={`/tools/${tool}`}>
                {t('home.first.setUpProgram', { name })}
              </Button>
            </div>
          )}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
