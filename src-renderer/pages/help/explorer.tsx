// Every operation of the management API, made from the contract: try it, see the response and what it changed.
import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { ContractGroup } from '../../../src-shared/contract/index.ts';
import { copy } from '../../components/copy.tsx';
import { PageHead } from '../../components/page.tsx';
import routeTable from '../../generated/routes.json' with { type: 'json' };
import { useText } from '../../i18n/i18n.ts';
import { useServer } from '../../state/server.ts';
import type { Route } from '../../transport/route.ts';
import { RequestPanel } from './request-panel.tsx';

const routes = Object.entries(routeTable as Record<string, Route>);
/** In the order of the contract. */
const groups = [...new Set(routes.map(([, { group }]) => group))];

export function Explorer({ tabs }: { readonly tabs: ReactNode }) {
  const t = useText();
  const { address } = useServer();
  const [query, setQuery] = useState('');
  const wanted = decodeURIComponent((useParams()['*'] ?? '').split('/').slice(1).join('/'));
  const chosen = routes.find(([name]) => name === wanted) ?? routes[0];
  const word = query.trim().toLowerCase();
  const shown = routes.filter(([name, route]) =>
    `${name} ${route.method} ${route.path} ${route.summary}`.toLowerCase().includes(word),
  );
  const openApi = `${address}/v0/management/openapi.json`;
  return (
    <div className="page fill">
      <PageHead title={t('pages.help')} note={t('help.apiNote')}>
        <Button onClick={() => void copy(openApi, 'openapi.json')}>{t('help.copyOpenApi')}</Button>
      </PageHead>
      {tabs}
      <div id="help-panel" className="explorer" role="tabpanel" aria-label={t('help.tabs.api')}>
        <nav aria-label={t('help.routes')} className="explorer-nav">
          <TextInput
            aria-label={t('help.find')}
            placeholder={t('help.find')}
            leftSection={<IconSearch size={14} stroke={1.5} />}
            mb={12}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          {groups.map((group) => (
            <RouteGroup
              key={group}
              group={group}
              routes={shown.filter(([, route]) => route.group === group)}
              chosen={chosen?.[0] ?? ''}
            />
          ))}
          {shown.length === 0 && <p className="second">{t('help.noRoute', { query })}</p>}
        </nav>
        {chosen && <RequestPanel key={chosen[0]} name={chosen[0]} route={chosen[1]} address={address} />}
      </div>
    </div>
  );
}

interface RouteGroupProps {
  readonly group: ContractGroup;
  readonly routes: readonly (readonly [string, Route])[];
  readonly chosen: string;
}

function RouteGroup({ group, routes: list, chosen }: RouteGroupProps) {
  const t = useText();
  const navigate = useNavigate();
  if (list.length === 0) return null;
  return (
    <div className="route-group">
      <h2 className="second">{t(`help.groups.${group}`)}</h2>
      <ul>
        {list.map(([name, { method, path }]) => (
          <li key={name}>
            <button
              type="button"
              className="plain route"
              aria-current={name === chosen}
              onClick={() => void navigate(`/help/api/${encodeURIComponent(name)}`)}
            >
              <code className="dim">{method}</code>
              <code className="cut">{path}</code>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
