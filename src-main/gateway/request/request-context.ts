// What one request is made of, and what all requests share.
import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../../../src-shared/config.ts';
import type { LearnedModels } from '../../accounts/learned-models.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Dispatchers } from '../../net/dispatchers.ts';
import type { ClientRequest } from '../client/client-request.ts';
import type { ClientResponse } from '../client/client-response.ts';
import type { NewId } from '../formats/format.ts';
import type { AttemptError } from '../model/errors/attempt-error.ts';
import type { UpstreamError, Usage } from '../model/events.ts';
import type { SignatureCache } from '../model/reasoning/signature-cache.ts';
import type { ClientLimits } from '../policies/client-limits.ts';
import type { Client } from '../policies/clients.ts';
import type { RequestRecording } from '../records/request-record.ts';
import type { RequestLog } from '../request-logs/request-log.ts';
import type { AccountSource } from '../routing/account-source.ts';
import type { Candidate } from '../routing/credential.ts';
import type { Pool } from '../routing/pool.ts';
import type { BindingStore } from '../routing/sessions/sessions.ts';
import type { OrderServices } from './order/candidate-order.ts';
import type { ServiceRequest } from './service-request.ts';
import type { UpstreamSockets } from './upstream-sockets.ts';

export interface RequestServices extends OrderServices {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly newId: NewId;
  readonly signatures: SignatureCache;
  readonly log: Logger;
  readonly dispatchers: Pick<Dispatchers, 'for'>;
  readonly accounts: AccountSource;
  readonly bindings: BindingStore;
  readonly learned: Pick<LearnedModels, 'answered' | 'rejected'>;
  readonly clientLimits: ClientLimits;
  readonly userAgent: string;
  /** Told of the head of every response of an upstream; of a 429, what of the credential is used up. */
  readonly onResponse: (candidate: Candidate, status: number, headers: ResponseHeaders) => AttemptError['quota'];
  /** Told of every attempt that says something about a credential. */
  readonly onAttempt: (candidate: Candidate, ok: boolean) => void;
}

export interface RequestContext {
  readonly request: ClientRequest | ServiceRequest;
  /** Who asks: one client key, or all together while there are none. */
  readonly client: Client;
  readonly headers: IncomingHttpHeaders;
  readonly response: ClientResponse;
  /** The connections to upstreams that belong to the client's, for a request that is a message on a socket. */
  readonly upstreamSockets?: UpstreamSockets | undefined;
  /** Ends when the client leaves or the program does. */
  readonly signal: AbortSignal;
  /** As they were when the request came. */
  readonly config: Config;
  readonly pool: Pool;
  /** What there would be if nothing were disabled or excluded. */
  readonly unrestricted: () => Pool;
  readonly requestLog: RequestLog | undefined;
  readonly recording: RequestRecording;
  /** Waits before a client that asks for unknown models in a loop is told. Rejects when `signal` is aborted. */
  readonly throttleUnknownModel: () => Promise<void>;
}

export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** How a request ended, for the statistics. */
export interface Outcome {
  /** The model without prefix and suffix. */
  readonly model: string;
  /** The chain that was asked for. */
  readonly chain: string | undefined;
  /** Who was asked last, unmasked; undefined when nobody was. */
  readonly source: string | undefined;
  /** As the upstream counted it. */
  readonly usage: Partial<Usage> | undefined;
  /** The usage with estimates where the upstream gave no numbers; undefined: it gave all. */
  readonly estimated?: Partial<Usage> | undefined;
  readonly failed: boolean;
  /** Why it failed or broke off. Holds no secret. */
  readonly error?: UpstreamError | undefined;
  /** Who was asked last, or would have been. */
  readonly candidate?: Candidate | undefined;
}
