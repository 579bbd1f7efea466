// From what was pasted to an entry of the config: the service it is for, its name, key and models.
import type { CompatibilityProvider } from '../../../../src-shared/config.ts';
import { compatibleList } from '../../../../src-shared/providers.ts';
import { call } from '../../../state/client.ts';
import type { OperationOutput } from '../../../transport/transport.ts';
import { readList, writeList } from '../actions.ts';
import { type Entry, type Kind, kinds } from '../kinds.ts';
import { rememberProbe } from '../probes.ts';

export type Recognized = OperationOutput<'provider.recognize'>;
export type Preset = Recognized['presets'][number];

/** More models than this are not written one by one: without a list all are offered. */
export const maxModels = 20;

/** A key with the service that takes it. */
export interface KeyTarget {
  readonly kind: Kind;
  readonly key: string;
  /** `''`: the usual address of the kind. */
  readonly baseUrl: string;
  /** Of a curl line; `''` where none was named. */
  readonly model: string;
  /** What a person calls it. */
  readonly title: string;
  /** The name it is saved by, unless another has it. */
  readonly name: string;
}

/** Undefined as long as nobody knows where the key would be sent. */
export function targetOf(
  { key, baseUrl, model }: Pick<Recognized, 'key' | 'baseUrl' | 'model'>,
  preset: Preset | undefined,
): KeyTarget | undefined {
  const kind = kinds.find(({ list }) => list === (preset?.list ?? compatibleList));
  const address = baseUrl || (preset?.['base-url'] ?? '');
  if (kind === undefined || address === '') return undefined;
  const host = URL.parse(address)?.hostname ?? 'provider';
  return {
    kind,
    key,
    baseUrl: kind.named ? address : baseUrl,
    model,
    title: preset?.name ?? host,
    name: preset?.id ?? host.replaceAll('.', '-'),
  };
}

export interface EntryChoice {
  readonly name: string;
  readonly proxyUrl?: string;
  /** By the service's names; none: all that it has. */
  readonly models: readonly string[];
}

/** `qwen/coder` is `coder` for clients, where no other model would be called so. */
function modelRows(models: readonly string[]) {
  const short = (name: string) => name.slice(name.lastIndexOf('/') + 1);
  const counts = Map.groupBy(models, short);
  return models.map((name) => {
    const alias = short(name);
    return alias === name || alias === '' || (counts.get(alias)?.length ?? 0) > 1 ? { name } : { name, alias };
  });
}

export function entryOf({ kind, key, baseUrl }: KeyTarget, { name, proxyUrl = '', models }: EntryChoice): Entry {
  const listed = models.length > 0 ? { models: modelRows(models) } : {};
  const proxy = proxyUrl === '' ? {} : { 'proxy-url': proxyUrl };
  if (kind.named) {
    const keys = key === '' && proxyUrl === '' ? [] : [{ 'api-key': key, ...proxy }];
    return { name, 'base-url': baseUrl, 'api-key-entries': keys, ...listed };
  }
  return { 'api-key': key, ...(baseUrl !== '' && { 'base-url': baseUrl }), ...proxy, ...listed };
}

/** A name that no other provider has. */
export function freeName(wanted: string, items: readonly Entry[]): string {
  const taken = new Set(items.map((entry) => (entry as CompatibilityProvider).name));
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
  return name;
}

/** Appends an entry to the list as it is now. */
export async function saveTarget({ kind }: KeyTarget, entry: Entry): Promise<void> {
  await writeList(kind.list, [...(await readList(kind.list)), entry]);
}

export interface Added {
  readonly target: KeyTarget;
  readonly entry: Entry;
  /** What it is called on screen. */
  readonly name: string;
  /** Milliseconds of the test; undefined when it was not tested. */
  readonly milliseconds: number | undefined;
  readonly models: number;
}

/** Tests and saves in one go. Throws when the service does not answer and `isTested` is wanted. */
export async function addRecognized(target: KeyTarget, isTested: boolean): Promise<Added> {
  const { kind, model } = target;
  const name = freeName(target.name, await readList(kind.list));
  const own = model === '' ? [] : [model];
  const probe = await call('provider-test.run', {
    list: kind.list,
    entry: entryOf(target, { name, models: own }),
    ask: isTested ? 'token' : 'models',
  });
  if (isTested && !probe.ok) throw new Error(probe.message);
  const models = new Set([...own, ...(probe.models.length <= maxModels ? probe.models : [])]);
  const entry = entryOf(target, { name, models: kind.named ? [...models] : [] });
  await saveTarget(target, entry);
  if (isTested) rememberProbe(entry, probe);
  return {
    target,
    entry,
    name: kind.named ? name : target.title,
    milliseconds: isTested ? probe.milliseconds : undefined,
    models: probe.models.length,
  };
}
