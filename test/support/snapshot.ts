// A config in force, without a file.
import type { Snapshot } from '../../src-main/config/store/snapshot.ts';
import { configSchema } from '../../src-shared/config.ts';

/** `management` is what stands under `remote-management`. */
export function snapshotOf(management: Readonly<Record<string, unknown>>): Snapshot {
  const config = configSchema.parse({ 'remote-management': management });
  return { revision: 1, text: '', config, keyOrder: [], notices: [], authDir: '/nonexistent' };
}
