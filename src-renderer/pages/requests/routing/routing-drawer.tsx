// Who would answer a model, and models that are made of models.
import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { SideDrawer } from '../../../components/drawer.tsx';
import { Head } from '../../../components/page.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { useRead } from '../../../state/client.ts';
import type { RequestNames } from '../../../state/request-names.ts';
import { ChainList } from './chain-list.tsx';
import { RoutePreview } from './route-preview.tsx';

interface RoutingDrawerProps {
  /** Chosen first; empty: none. */
  readonly model: string;
  readonly names: RequestNames;
  readonly onClose: () => void;
}

export function RoutingDrawer({ model: first, names, onClose }: RoutingDrawerProps) {
  const t = useText();
  const models = useRead('models.list').data?.models ?? [];
  const [chosen, setChosen] = useState<string | null>(first || null);
  const [key, setKey] = useState<string | null>(null);
  const model = chosen ?? models[0] ?? null;
  const options = [...new Set([...(first ? [first] : []), ...models])];
  return (
    <SideDrawer
      title={t('routing.title')}
      note={t('routing.note')}
      width={560}
      onClose={onClose}
      foot={
        <>
          <span className="grow" />
          <Button onClick={onClose}>{t('common.close')}</Button>
        </>
      }
    >
      <div className="request-parts">
        <section>
          <Head>{t('routing.who')}</Head>
          <div className="row routing-choice">
            <Select
              aria-label={t('routing.model')}
              data-autofocus
              className="grow"
              searchable
              allowDeselect={false}
              data={options}
              value={model}
              onChange={setChosen}
              nothingFoundMessage={t('routing.noModel')}
            />
            {names.keys.length > 0 && (
              <Select
                aria-label={t('routing.key')}
                placeholder={t('requests.everyKey')}
                clearable
                clearButtonProps={{ 'aria-label': t('common.clearFilters') }}
                data={names.keys.map(({ id, name }) => ({ value: id, label: name }))}
                value={key}
                onChange={setKey}
                w={176}
              />
            )}
          </div>
          {model === null ? (
            <p className="dim">{t('routing.noModels')}</p>
          ) : (
            <RoutePreview model={model} keyId={key} names={names} />
          )}
        </section>
        <ChainList models={models} onShow={setChosen} />
      </div>
    </SideDrawer>
  );
}
