// Results of tests, by the entry as it was tested; kept by the browser, so that a restart does not forget them.
import { createStore } from '../../state/store.ts';
import type { OperationOutput } from '../../transport/transport.ts';
import { canonical } from './canonical.ts';
import type { Entry } from './kinds.ts';

/** What is shown of a test once it is over. */
export interface Probe extends Pick<OperationOutput<'provider-test.run'>, 'ok' | 'milliseconds' | 'message' | 'model'> {
  /** Milliseconds since 1970. */
  readonly at: number;
}

const name = 'cli-proxy-desktop.tests';
/** The oldest are forgotten first. */
const maxKept = 200;

const keys = new WeakMap<Entry, string>();

/**
 * An edited entry is another one and counts as not tested. A number (FNV-1a of 64 bits), since what is kept must not
 * hold the entry's key, and pages over plain HTTP have no digests.
 */
export function probeKey(entry: Entry): string {
  const known = keys.get(entry);
  if (known !== undefined) return known;
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(canonical(entry))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  const key = hash.toString(36);
  keys.set(entry, key);
  return key;
}

function kept(): ReadonlyMap<string, Probe> {
  try {
    return new Map(JSON.parse(localStorage.getItem(name) ?? '[]') as readonly (readonly [string, Probe])[]);
  } catch {
    // Storage that is switched off or holds something else is as good as empty.
    return new Map();
  }
}

export const probeStore = createStore(kept());

export function rememberProbe(entry: Entry, { ok, milliseconds, message, model }: Omit<Probe, 'at'>): void {
  const key = probeKey(entry);
  const others = [...probeStore.get()].filter(([other]) => other !== key).slice(1 - maxKept);
  const all = new Map([...others, [key, { ok, milliseconds, message, model, at: Date.now() }] as const]);
  probeStore.set(all);
  try {
    localStorage.setItem(name, JSON.stringify([...all]));
  } catch {
    // Storage that is full or switched off: this window knows it until it is closed.
  }
}
