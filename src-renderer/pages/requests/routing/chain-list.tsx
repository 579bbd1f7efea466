// Models that are made of models: one line each, opened to be edited.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { ModelChain } from '../../../../src-shared/contract/model-chains.ts';
import { Head } from '../../../components/page.tsx';
import { attempt, toastDone } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { call, invalidate, useRead } from '../../../state/client.ts';
import { ChainForm } from './chain-form.tsx';

interface ChainListProps {
  /** Names that clients can ask for. */
  readonly models: readonly string[];
  /** Shows who would answer it. */
  readonly onShow: (model: string) => void;
}

const refresh = () => invalidate('model-chains.list', 'models.list');

export function ChainList({ models, onShow }: ChainListProps) {
  const t = useText();
  const chains = useRead('model-chains.list').data?.chains ?? [];
  /** The name of the open one; empty: a new one. */
  const [open, setOpen] = useState<string>();
  const save = async (chain: ModelChain) => {
    const before = chains.find(({ name }) => name === chain.name);
    const done = await attempt(t('routing.saveFailed'), () => call('model-chains.set', chain));
    if (!done) return;
    setOpen(undefined);
    await refresh();
    toastDone({
      title: t('routing.saved', { name: chain.name }),
      undo: async () => {
        if (before === undefined) await call('model-chains.remove', { name: chain.name });
        else await call('model-chains.set', before);
        await refresh();
      },
    });
    onShow(chain.name);
  };
  const remove = async (chain: ModelChain) => {
    const done = await attempt(t('routing.removeFailed'), () => call('model-chains.remove', { name: chain.name }));
    if (!done) return;
    setOpen(undefined);
    await refresh();
    toastDone({
      title: t('routing.removed', { name: chain.name }),
      undo: async () => {
        await call('model-chains.set', chain);
        await refresh();
      },
    });
  };
  const form = (chain: ModelChain | undefined) => (
    <ChainForm
      chain={chain}
      models={models.filter((model) => !chains.some(({ name }) => name === model && name !== chain?.name))}
      taken={chains.map(({ name }) => name)}
      onSave={save}
      onRemove={remove}
      onCancel={() => setOpen(undefined)}
    />
  );
  return (
    <section>
      <Head
        side={
          <Button
            size="compact-sm"
            leftSection={<IconPlus size={14} stroke={1.5} />}
            disabled={open === ''}
            onClick={() => setOpen('')}
          >
            {t('routing.addChain')}
          </Button>
        }
      >
        {t('routing.chains')}
      </Head>
      <p className="second">{t('routing.chainsNote')}</p>
      <ul className="chains divided">
        {chains.map((chain) => (
          <li key={chain.name}>
            {open === chain.name ? (
              form(chain)
            ) : (
              <button type="button" className="chain-line" onClick={() => setOpen(chain.name)}>
                <code className="cut">{chain.name}</code>
                <span className="second cut">{chain.models.join(' → ')}</span>
              </button>
            )}
          </li>
        ))}
        {open === '' && <li>{form(undefined)}</li>}
      </ul>
    </section>
  );
}
