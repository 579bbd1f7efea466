// Config stores on real files, closed with the test.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ConfigStore } from '../../src-main/config/store/config-store.ts';
import type { ConfigStoreOptions } from '../../src-main/config/store/config-store-options.ts';
import { AppEvents } from '../../src-main/events/app-events.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import type { AppEvent } from '../../src-shared/events.ts';
import { tempFolder } from './temp-folder.ts';

export interface OpenStore {
  readonly store: ConfigStore;
  readonly folder: string;
  readonly file: string;
  readonly announced: readonly AppEvent[];
  readonly lines: readonly string[];
}

export async function openStore(text: string, more: Partial<ConfigStoreOptions> = {}): Promise<OpenStore> {
  const folder = tempFolder();
  const file = path.join(folder, 'config.yaml');
  writeFileSync(file, text, { mode: 0o600 });
  return openStoreOn(more.file ?? file, more);
}

export async function openStoreOn(file: string, more: Partial<ConfigStoreOptions> = {}): Promise<OpenStore> {
  const announced: AppEvent[] = [];
  const lines: string[] = [];
  const events = new AppEvents((error) => {
    throw error;
  });
  events.on((event) => announced.push(event));
  const log = createLogger((level, _source, message) => lines.push(`${level}: ${message}`), 'config-store.ts');
  const store = await ConfigStore.open({ log, events, ...more, file });
  onTestFinished(() => store.close());
  return { store, folder: path.dirname(file), file, announced, lines };
}

/** Waits until `condition` holds after some change or state of the store. */
export function untilStore(store: ConfigStore, condition: () => boolean, withinMs = 60_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!condition()) return;
      clearTimeout(timer);
      stops.map((stop) => stop());
      resolve();
    };
    const stops = [store.onChange(look), store.onInvalid(look)];
    const timer = setTimeout(() => reject(new Error('the store never came to the expected state')), withinMs);
    look();
  });
}
