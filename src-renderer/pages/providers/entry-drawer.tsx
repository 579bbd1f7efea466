// The editor of one provider entry.
import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AddKeyOffer } from '../../../src-shared/add-key-link.ts';
import type { CompatibilityProvider } from '../../../src-shared/config.ts';
import { SideDrawer } from '../../components/drawer.tsx';
import { HiddenInput } from '../../components/hidden-input.tsx';
import { StatusIcon, StatusText } from '../../components/status-icon.tsx';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call } from '../../state/client.ts';
import type { OperationOutput } from '../../transport/transport.ts';
import { addEntries, entryName, saveEntry } from './actions.ts';
import { type Draft, errorsOf, pastedRows, row, sharedName, toDraft, toEntry } from './draft.ts';
import type { Entry, Kind } from './kinds.ts';
import { PairList } from './pair-list.tsx';
import { rememberProbe } from './probes.ts';
import { ReasoningSelect } from './reasoning-select.tsx';
import { TestResult } from './test-result.tsx';

interface EntryDrawerProps {
  readonly kind: Kind;
  /** The other entries of the list. */
  readonly others: readonly Entry[];
  readonly edited?: { readonly entry: Entry; readonly index: number };
  /** What a link fills in. */
  readonly offer?: AddKeyOffer | undefined;
  readonly onClose: () => void;
}

export function EntryDrawer({ kind, others, edited, offer, onClose }: EntryDrawerProps) {
  const t = useText();
  const [draft, setDraft] = useState<Draft>(() =>
    toDraft(
      edited?.entry ?? {
        ...(kind.named && { name: offer?.name ?? '', 'api-key-entries': [{}] }),
        ...(offer && { 'base-url': offer.baseUrl }),
      },
    ),
  );
  const [tried, setTried] = useState(false);
  const [probe, setProbe] = useState<OperationOutput<'provider-test.run'> | 'running'>();
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));

  const errors = errorsOf(draft, kind, others);
  const valid = Object.keys(errors).length === 0;
  const twins = sharedName(draft.models);
  const message = (code: string | undefined) =>
    tried && code ? t(`providers.errors.${code as 'url-wrong'}`) : undefined;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!valid) return;
    const entry = toEntry(draft, kind);
    const done = await (edited ? saveEntry(kind, edited.entry, edited.index, entry) : addEntries(kind, [entry]));
    if (done) onClose();
  };
  const test = async (ask: 'models' | 'token' = 'token') => {
    setTried(true);
    if (!valid) return undefined;
    const entry = toEntry(draft, kind);
    setProbe('running');
    let result: OperationOutput<'provider-test.run'> | undefined;
    await attempt(t('providers.testFailed'), async () => {
      result = await call('provider-test.run', { list: kind.list, entry, ask });
      // A list of models does not tell that the key works.
      if (ask === 'token' || !result.ok) rememberProbe(entry, result);
    });
    setProbe(result);
    return result;
  };
  const fetchModels = async () => {
    const result = await test('models');
    if (!result?.ok) return;
    const known = new Set(draft.models.map(({ left }) => left.trim()));
    set({ models: [...draft.models, ...result.models.filter((name) => !known.has(name)).map((name) => row(name))] });
  };

  const urlInput = (
    <TextInput
      label={t('providers.baseUrl')}
      size="md"
      data-mono
      placeholder={kind.placeholderUrl}
      value={draft.baseUrl}
      error={message(errors.baseUrl)}
      onChange={(event) => set({ baseUrl: event.currentTarget.value })}
    />
  );
  return (
    <SideDrawer
      title={edited ? entryName(edited.entry) : t(kind.named ? 'providers.addProvider' : 'providers.addKey')}
      note={t('providers.kindNote', { name: kind.name })}
      width={560}
      onClose={onClose}
      foot={
        <>
          <div className="grow cut" aria-live="polite">
            {probe === 'running' && <StatusText status="busy">{t('providers.testing')}</StatusText>}
            {probe && probe !== 'running' && <TestResult probe={probe} />}
          </div>
          <Button disabled={probe === 'running'} onClick={() => void test()}>
            {t('settings.test')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="entry-form" variant="filled">
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id="entry-form" className="form" noValidate onSubmit={(event) => void save(event)}>
        {offer && (
          <p role="status">
            <StatusText status="warn">{t('providers.offered')}</StatusText>
          </p>
        )}
        {kind.named ? (
          <div className="name-and-url">
            <TextInput
              label={t('providers.name')}
              size="md"
              value={draft.name}
              error={message(errors.name)}
              onChange={(event) => set({ name: event.currentTarget.value })}
              data-autofocus
            />
            {urlInput}
          </div>
        ) : (
          <>
            <HiddenInput
              label={t('providers.apiKey')}
              size="md"
              value={draft.apiKey}
              error={message(errors.apiKey)}
              onChange={(apiKey) => set({ apiKey })}
              {...(edited ? {} : { 'data-autofocus': true })}
            />
            {urlInput}
            <TextInput
              label={t('providers.proxy')}
              size="md"
              data-mono
              placeholder={t('providers.asInSettings')}
              value={draft.proxyUrl}
              onChange={(event) => set({ proxyUrl: event.currentTarget.value })}
            />
          </>
        )}
        {kind.named && (
          <PairList
            title={t('providers.apiKeys')}
            heads={[t('providers.key'), t('providers.proxyForKey')]}
            rows={draft.keys}
            onChange={(keys) => set({ keys })}
            hidden
            rightPlaceholder={t('providers.asInSettings')}
            addLabel={t('providers.addKeyRow')}
            names={(number) => [t('providers.keyNumber', { number }), t('providers.proxyNumber', { number })]}
            removeName={(number) => t('providers.removeKey', { number })}
            paste={pastedRows}
          />
        )}
        <PairList
          title={t('providers.models')}
          heads={[t('providers.modelThere'), t('providers.modelHere')]}
          rows={draft.models}
          onChange={(models) => set({ models })}
          addLabel={t('providers.addModel')}
          names={(number) => [t('providers.modelNumberThere', { number }), t('providers.modelNumberHere', { number })]}
          removeName={(number) => t('providers.removeModel', { number })}
          paste={pastedRows}
          {...(twins && { warnAt: twins[1] })}
          action={
            <Button size="xs" disabled={probe === 'running'} onClick={() => void fetchModels()}>
              {t('providers.fetch')}
            </Button>
          }
          note={
            twins && (
              <p className="second t-warn row pair-note" role="status">
                <StatusIcon status="warn" />
                {t('providers.sharedName', { first: twins[0], second: twins[1] })}
              </p>
            )
          }
        />
        <PairList
          title={t('providers.headers')}
          heads={[t('providers.headerName'), t('providers.headerValue')]}
          rows={draft.headers}
          onChange={(headers) => set({ headers })}
          addLabel={t('providers.addHeader')}
          names={(number) => [t('providers.headerNumber', { number }), t('providers.headerValueNumber', { number })]}
          removeName={(number) => t('providers.removeHeader', { number })}
        />
        {kind.named && (
          <ReasoningSelect value={draft.reasoningHistory} onChange={(reasoningHistory) => set({ reasoningHistory })} />
        )}
        {!kind.named && (
          <Textarea
            label={t('providers.excluded')}
            description={t('providers.excludedHelp')}
            size="md"
            autosize
            minRows={2}
            data-mono
            value={draft.excluded}
            onChange={(event) => set({ excluded: event.currentTarget.value })}
          />
        )}
        {kind.named && hasUnknown(draft.rest) && <p className="second">{t('providers.moreFields')}</p>}
      </form>
    </SideDrawer>
  );
}

const known = new Set<keyof CompatibilityProvider>(['disabled', 'api-keys']);
const hasUnknown = (rest: Readonly<Record<string, unknown>>) => Object.keys(rest).some((key) => !known.has(key));
