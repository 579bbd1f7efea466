// A key on its way into the config: recognised, its service asked for models, tested with one token, saved.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { attempt } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { call, useRead } from '../../../state/client.ts';
import type { OperationOutput } from '../../../transport/transport.ts';
import { type Entry, kinds } from '../kinds.ts';
import { rememberProbe } from '../probes.ts';
import { type Added, entryOf, freeName, maxModels, type Preset, saveTarget, targetOf } from './add-recognized.ts';
import { useRecognized } from './use-recognized.ts';

type Probe = OperationOutput<'provider-test.run'>;

/** The service stands in sight for this long before anything is sent to it. */
const lookMs = 600;

/** Names that clients ask for already, which are chosen among many. */
function useNamesInUse(): ReadonlySet<string> {
  const config = useRead('config.get').data;
  const entries = kinds.flatMap(({ list }) => (config?.[list] ?? []) as readonly Entry[]);
  return new Set(entries.flatMap(({ models }) => models?.map(({ name }) => name ?? '') ?? []));
}

export function useNewKey(onAdded: (added: Added) => void) {
  const t = useText();
  const [text, setText] = useState('');
  /** Chosen from the list, or among those that fit. */
  const [service, setService] = useState<Preset>();
  const [name, setName] = useState<string>();
  const [proxyUrl, setProxyUrl] = useState('');
  const [ownChoice, setOwnChoice] = useState<ReadonlySet<string>>();
  /** An address that nobody knows is asked only when the person says so. */
  const [trusted, setTrusted] = useState('');
  const [probe, setProbe] = useState<{ readonly of: string; readonly result: Probe }>();
  const [phase, setPhase] = useState<'idle' | 'testing' | 'saving'>('idle');
  const { found, error } = useRecognized(text);
  const config = useRead('config.get').data;
  const inUse = useNamesInUse();

  const fits = found?.presets ?? [];
  const preset = service ?? (found?.kind !== 'unknown' && fits.length === 1 ? fits[0] : undefined);
  const isKnown = found !== undefined && found.kind !== 'unknown';
  const isLocal = preset !== undefined && /^http:/.test(preset['base-url']);
  const target =
    isKnown || (text === '' && isLocal) ? targetOf(found ?? { key: '', baseUrl: '', model: '' }, preset) : undefined;
  const address = target?.baseUrl ?? '';
  // A key that was chosen for a service goes to that service's own address.
  const isStranger = target !== undefined && preset === undefined;
  const host = URL.parse(address)?.host ?? address;
  const isAllowed = target !== undefined && (!isStranger || trusted === host);

  const targetKey = target && JSON.stringify([target.kind.list, target.key, target.baseUrl, proxyUrl]);
  const [stood, setStood] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setStood(targetKey), lookMs);
    return () => clearTimeout(timer);
  }, [targetKey]);

  const items = target ? ((config?.[target.kind.list] ?? []) as readonly Entry[]) : [];
  const shownName = name ?? (target ? freeName(target.name, items) : '');
  const listing = useQuery({
    queryKey: ['add-key', targetKey],
    queryFn: () =>
      call('provider-test.run', {
        // Only asked with a target.
        list: (target as NonNullable<typeof target>).kind.list,
        entry: entryOf(target as NonNullable<typeof target>, { name: 'test', proxyUrl, models: [] }),
        ask: 'models',
      }),
    enabled: isAllowed && targetKey !== undefined && stood === targetKey,
    gcTime: 0,
  });
  const models = listing.data?.models ?? [];
  const usual = models.length <= maxModels ? models : models.filter((id) => id === target?.model || inUse.has(id));
  const chosen = ownChoice ?? new Set(target?.kind.named ? usual : []);

  const entry = target && entryOf(target, { name: shownName.trim(), proxyUrl: proxyUrl.trim(), models: [...chosen] });
  const entryKey = JSON.stringify(entry);
  const tested = probe !== undefined && probe.of === entryKey ? probe.result : undefined;
  const isNameTaken =
    target?.kind.named === true && items.some((other) => (other as { name?: string }).name === shownName.trim());
  const isReady = isAllowed && phase === 'idle' && !isNameTaken && (!target.kind.named || shownName.trim() !== '');

  /** Undefined: it could not be tested at all. */
  const test = async (): Promise<Probe | undefined> => {
    if (target === undefined || entry === undefined) return undefined;
    // Where all are offered, the one of the curl line is asked.
    const own = chosen.size === 0 && target.model !== '' ? [target.model] : [...chosen];
    setPhase('testing');
    let result: Probe | undefined;
    await attempt(t('providers.testFailed'), async () => {
      result = await call('provider-test.run', {
        list: target.kind.list,
        entry: entryOf(target, { name: shownName, proxyUrl, models: own }),
        ask: 'token',
      });
    });
    setPhase('idle');
    setProbe(result && { of: entryKey, result });
    return result;
  };
  const save = async (result: Probe | undefined) => {
    if (target === undefined || entry === undefined) return;
    setPhase('saving');
    const done = await attempt(t('providers.saveFailed'), () => saveTarget(target, entry));
    setPhase('idle');
    if (!done) return;
    if (result) rememberProbe(entry, result);
    onAdded({
      target,
      entry,
      name: target.kind.named ? shownName : target.title,
      milliseconds: result?.ok ? result.milliseconds : undefined,
      models: models.length,
    });
  };
  const add = async () => {
    if (!isReady) return;
    const result = tested ?? (await test());
    if (result?.ok) await save(result);
  };
  const change = (next: string) => {
    setText(next);
    setOwnChoice(undefined);
    setName(undefined);
    if (next === '') setService(undefined);
  };
  return {
    text,
    change,
    found,
    error,
    preset,
    fits,
    target,
    choose: (chosenService: Preset | undefined) => {
      setService(chosenService);
      setOwnChoice(undefined);
      setName(undefined);
    },
    isLocal,
    isStranger: isStranger && trusted !== host,
    host,
    trust: () => setTrusted(host),
    name: shownName,
    setName,
    isNameTaken,
    proxyUrl,
    setProxyUrl,
    listing,
    models,
    chosen,
    setChosen: setOwnChoice,
    phase,
    tested,
    isReady,
    test,
    add,
    addUntested: () => save(tested),
  };
}
