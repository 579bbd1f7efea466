// Results of tests made in this window, by the entry as it was tested.
import { createStore } from '../../state/store.ts';
import type { OperationOutput } from '../../transport/transport.ts';
import { canonical } from './canonical.ts';
import type { Entry } from './kinds.ts';

export type Probe = OperationOutput<'provider-test.run'>;

/** An edited entry is another one and counts as not tested. */
export const probeKey = (entry: Entry): string => canonical(entry);

export const probeStore = createStore<ReadonlyMap<string, Probe>>(new Map());
