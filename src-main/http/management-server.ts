// The server: one listener for management API, page and gateway, which follows `host` and `port` of the config.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerStatus } from '../../src-shared/events.ts';
import type { Actor } from '../../src-shared/operation.ts';
import type { AppEvents } from '../core/app-events.ts';
import type { ConfigStore } from '../core/config-store.ts';
import type { Logger } from '../core/logger.ts';
import { isLoopbackHost } from '../core/loopback.ts';
import { Listener } from './listener.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ManagementServerOptions {
  readonly config: ConfigStore;
  readonly events: AppEvents;
  readonly log: Logger;
  readonly handler: Handler;
  /** Win over the config. */
  readonly host: string | undefined;
  readonly port: number | undefined;
}

const app: Actor = { kind: 'app' };
