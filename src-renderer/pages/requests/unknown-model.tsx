// A request for a model that nobody offers: what was probably meant, who was looked at, and who asked.
import { Button, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { compatibleList, providerOfType, signInProviders } from '../../../src-shared/providers.ts';
import { clock, duration } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { SourceName } from '../../components/source-name.tsx';
import { toastFailed } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, useRead } from '../../state/client.ts';
import { configDraftStore, isUnsaved, replaceDraft } from '../../state/config-draft.ts';
import type { RequestNames } from '../../state/request-names.ts';
import { createStore, useStore } from '../../state/store.ts';
import { type Entry, kinds } from '../providers/kinds.ts';
import { withAlias } from './alias-text.ts';
import { type KnownModel, likelyModels } from './likely-models.ts';
import { isUnknownModel } from './request-state.ts';

/** The one that the alias would stand for; undefined: the nearest. */
const choiceStore = createStore<string | undefined>(undefined);

/** The nearest of all models that are known here; none for a request that is about something else. */
export function useLikelyModels(
  record: RequestRecord | undefined,
  records: readonly RequestRecord[],
): readonly KnownModel[] {
  const isAsked = record !== undefined && isUnknownModel(record);
  const config = useRead('config.get').data;
  const files = useRead('auth-files.list').data?.files ?? [];
  const types = files
    .filter(({ status }) => status === 'ready')
    .map(({ type }) => providerOfType(signInProviders, type));
  const channels = [...new Set(types.flatMap((row) => (row === undefined ? [] : [row.id])))];
  const { data: defined } = useQuery({
    queryKey: ['model-definitions.get', channels],
    queryFn: () => Promise.all(channels.map((channel) => call('model-definitions.get', { channel }))),
    enabled: isAsked && channels.length > 0,
  });
  const id = record?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each request has its own choice.
  useEffect(() => choiceStore.set(undefined), [id]);
  if (!isAsked) return [];
  const known = new Map<string, KnownModel>();
  const add = (name: string, by: string) => {
    if (name !== '' && !known.has(name)) known.set(name, { name, by, uses: 0 });
  };
  for (const { list, name: title } of kinds) {
    for (const entry of (config?.[list] ?? []) as readonly Entry[]) {
      const by = (entry as { readonly name?: string }).name ?? title;
      for (const { name, alias } of entry.models ?? []) add(alias || name || '', by);
    }
  }
  for (const { channel, models } of defined ?? []) for (const { id: name } of models ?? []) add(name, channel);
  for (const { outcome, model, key_id, provider, source, chain } of records) {
    if (outcome !== 'success' || model === null || chain !== null) continue;
    add(model, (provider === compatibleList ? source : provider) ?? '');
    const found = known.get(model);
    if (found && key_id === record.key_id) known.set(model, { ...found, uses: found.uses + 1 });
  }
  return likelyModels(record.model ?? '', [...known.values()]);
}

interface UnknownModelProps {
  readonly record: RequestRecord;
  readonly records: readonly RequestRecord[];
  readonly names: RequestNames;
  readonly likely: readonly KnownModel[];
}

export function UnknownModel({ record, records, names, likely }: UnknownModelProps) {
  const t = useText();
  const choice = useStore(choiceStore) ?? likely[0]?.name;
  const key = names.key(record);
  const same = records.filter(({ model, state }) => model === record.model && state === 'done');
  const first = same.at(-1) ?? record;
  return (
    <>
      <p>
        {t('requests.unknown.sentence', {
          model: record.model ?? '–',
          status: record.status ?? 404,
          time: duration(record.total_ms ?? 0),
        })}
      </p>
      {likely.length > 0 && (
        <section>
          <Head side={t('requests.unknown.bySpelling')}>{t('requests.unknown.meant')}</Head>
          <ul className="box model-choice divided">
            {likely.map(({ name, by, uses }) => (
              <li key={name}>
                <Radio
                  name="alias"
                  size="xs"
                  checked={name === choice}
                  onChange={() => choiceStore.set(name)}
                  label={<code>{name}</code>}
                />
                <span className="second cut">{by}</span>
                <span className="second cut">
                  {uses === 0 ? t('requests.unknown.unused') : t('requests.unknown.uses', { key, count: uses })}
                </span>
              </li>
            ))}
          </ul>
          <p className="second choice-note">
            {t('requests.unknown.aliasNote', { alias: record.model ?? '', model: choice ?? '' })}
          </p>
        </section>
      )}
      <LookedAt />
      <section>
        <Head>{t('requests.unknown.askedBy')}</Head>
        <dl className="pairs-list divided">
          <div>
            <dt className="dim">{t('requests.columns.key')}</dt>
            <dd className="cut">{key}</dd>
          </div>
          <div>
            <dt className="dim">{t('requests.unknown.program')}</dt>
            <dd className="cut" title={record.user_agent ?? undefined}>
              {t('requests.unknown.from', { program: record.user_agent ?? '–', address: record.client_ip ?? '–' })}
            </dd>
          </div>
          <div>
            <dt className="dim">{t('requests.unknown.same')}</dt>
            <dd>{t('requests.unknown.times', { count: Math.max(1, same.length), time: clock(first.started_at) })}</dd>
          </div>
        </dl>
      </section>
    </>
  );
}

const maxLooked = 8;

function LookedAt() {
  const t = useText();
  const config = useRead('config.get').data;
  const accounts = (useRead('auth-files.list').data?.files ?? []).filter((file) => !file.disabled);
  const rows = kinds.flatMap(({ list, name: title, mark, named }) =>
    ((config?.[list] ?? []) as readonly Entry[])
      .filter((entry) => entry.disabled !== true)
      .map((entry) => {
        const name = (entry as { readonly name?: string }).name ?? title;
        const count = entry.models?.length ?? 0;
        const text = count === 0 ? t('requests.unknown.ownModels') : t('requests.unknown.offers', { count });
        return { mark: named ? name.slice(0, 1).toUpperCase() : mark, name, text };
      }),
  );
  const all =
    accounts.length === 0
      ? rows
      : [
          ...rows,
          {
            mark: String(Math.min(accounts.length, 99)),
            name: t('requests.unknown.accounts', { count: accounts.length }),
            text: t('requests.unknown.families'),
          },
        ];
  if (all.length === 0) return null;
  return (
    <section>
      <Head>{t('requests.unknown.lookedAt')}</Head>
      <ol className="candidates">
        {all.slice(-maxLooked).map(({ mark, name, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two entries may have one name.
          <li key={`${name} ${index}`}>
            <span className="dim">–</span>
            <SourceName source={{ mark, name }} />
            <span className="second">{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface AddAliasProps {
  readonly alias: string;
  readonly likely: readonly KnownModel[];
}

/** Puts the alias into the edited text of the config, and opens the review of it. */
export function AddAlias({ alias, likely }: AddAliasProps) {
  const t = useText();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const choice = useStore(choiceStore) ?? likely[0]?.name;
  if (choice === undefined || alias === '') return null;
  const add = async () => {
    setBusy(true);
    try {
      const draft = configDraftStore.get();
      const { text: disk } = await call('config-yaml.get');
      const isEdited = isUnsaved(draft);
      const changed = withAlias(isEdited ? draft.text : disk, alias, choice);
      if (changed === undefined) throw new Error(t('requests.unknown.byHand', { alias, model: choice }));
      if (isEdited) replaceDraft(changed);
      else replaceDraft(changed, disk);
      void navigate('/config/review');
    } catch (error) {
      toastFailed(t('requests.unknown.aliasFailed'), error);
      setBusy(false);
    }
  };
  return (
    <Button variant="filled" data-autofocus disabled={busy} onClick={() => void add()}>
      {t('requests.unknown.addAlias')}
    </Button>
  );
}
