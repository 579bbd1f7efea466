// The user's own tools, set up with the addresses, keys and models of this program.
import path from 'node:path';
import { Agents } from './agents/agents.ts';
import { createPlace } from './agents/place.ts';
import { Receipts } from './agents/receipts.ts';
import { appDataDir } from './config/app-data-dir.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import type { Gateway } from './gateway/gateway-options.ts';
import { unreadableSentence } from './lib/files/json-file.ts';
import type { Logger } from './lib/logger.ts';
import type { Clock } from './lib/time/clock.ts';

export interface OpenAgentsOptions {
  readonly config: ConfigStore;
  readonly gateway: Gateway;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of the server. */
  readonly address: () => string;
}

export function openAgents({ config, gateway, environment, clock, log, address }: OpenAgentsOptions): Agents {
  return new Agents({
    place: createPlace(environment),
    receipts: new Receipts(path.join(appDataDir(config.file, environment), 'tools'), (file) =>
      log.warning(unreadableSentence(file)),
    ),
    clock,
    address,
    keys: () => config.current.config['api-keys'],
    requests: () => gateway.recentRequests(),
    models: () => gateway.models(),
  });
}
