// A config store in a process of its own, driven by messages: forked by tests that kill it or take its disk space.

import { ConfigStore } from '../../src-main/config/store/config-store.ts';
import type { Edit } from '../../src-main/config/store/snapshot.ts';
import { AppEvents } from '../../src-main/events/app-events.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { Problem } from '../../src-shared/problem.ts';

export type StoreRequest =
  | { readonly id: number; readonly do: 'edit'; readonly edits: readonly Edit[] }
  | { readonly id: number; readonly do: 'add-key'; readonly key: string }
  | { readonly id: number; readonly do: 'replace'; readonly text: string }
  | { readonly id: number; readonly do: 'config' | 'text' | 'close' };

export type StoreAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

const actor = { kind: 'window' } as const;
const store = await ConfigStore.open({
  file: process.argv[2]!,
  log: createLogger((level, source, message) => process.stderr.write(`${level} ${source} ${message}\n`), 'store'),
  events: new AppEvents((error) => process.stderr.write(`${String(error)}\n`)),
});

async function perform(request: StoreRequest): Promise<unknown> {
  switch (request.do) {
    case 'edit':
      await store.edit(() => request.edits, actor);
      return undefined;
    case 'add-key':
      await store.edit((config) => [{ path: ['api-keys'], value: [...config['api-keys'], request.key] }], actor);
      return undefined;
    case 'replace':
      await store.replace(request.text, actor);
      return undefined;
    case 'config':
      return store.current.config;
    case 'text':
      return store.current.text;
    case 'close':
      await store.close();
      return undefined;
  }
}

process.on('message', async (request: StoreRequest) => {
  let answer: StoreAnswer;
  try {
    answer = { id: request.id, value: await perform(request) };
  } catch (error) {
    const { code, message } = error instanceof Problem ? error : { code: 'crash', message: String(error) };
    answer = { id: request.id, error: { code, message } };
  }
  process.send?.(answer);
  if (request.do === 'close') process.disconnect?.();
});
process.send?.({ id: 0, value: 'ready' } satisfies StoreAnswer);
