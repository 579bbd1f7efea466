// The user's own tools, set up with the addresses, keys and models of this program.
import path from 'node:path';
import type { Actor } from '../src-shared/operation.ts';
import { Agents } from './agents/agents.ts';
import { createPlace } from './agents/place.ts';
import { Receipts } from './agents/receipts.ts';
import { appDataDir } from './config/app-data-dir.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import type { AppEvents } from './events/app-events.ts';
import type { Gateway } from './gateway/gateway-options.ts';
import { unreadableSentence } from './lib/files/json-file.ts';
import type { Logger } from './lib/logger.ts';
import type { Clock } from './lib/time/clock.ts';

export interface OpenAgentsOptions {
  readonly config: ConfigStore;
  readonly gateway: Gateway;
  readonly events: AppEvents;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of the server. */
  readonly address: () => string;
}

export function openAgents(options: OpenAgentsOptions): Agents {
  const { config, gateway, events, environment, clock, log, address } = options;
  const publish = async (actor: Actor) => events.publish('agents', { agents: await agents.list() }, actor);
  const agents = new Agents({
    place: createPlace(environment),
    receipts: new Receipts(path.join(appDataDir(config.file, environment), 'tools'), (file) =>
      log.warning(unreadableSentence(file)),
    ),
    clock,
    address,
    keys: () => config.current.config['api-keys'],
    requests: () => gateway.recentRequests(),
    models: () => gateway.models(),
    onChange: (actor) =>
      void publish(actor).catch((error: Error) => log.warning(`the tools were not announced: ${error.message}`)),
  });
  return agents;
}
