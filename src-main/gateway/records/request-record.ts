// The record of one request, from the moment its client key is accepted until its client has the response or has left.
import type { IncomingMessage } from 'node:http';
import type { Config } from '../../../src-shared/config.ts';
import type { RequestRecord, RequestTry, RouteCandidate } from '../../../src-shared/contract/requests.ts';
import type { RouteCandidateRow } from '../../../src-shared/contract/route.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { modelPrice } from '../../models/model-price.ts';
import type { StoredRequest } from '../../storage/ledger.ts';
import { timeOfId } from '../../storage/request-id.ts';
import type { Usage } from '../model/events.ts';
import type { Candidate } from '../routing/credential.ts';
import { credentialName, providerOf } from './credential-names.ts';
import { errorSentence } from './error-sentence.ts';
import { noTokens, tokensOf } from './record-tokens.ts';
import { requestCost } from './request-cost.ts';
import type { RequestObserver, TryEnd } from './request-observer.ts';

/** A client as records name it. Null: no keys are set. */
export interface ClientName {
  readonly keyId: string;
  readonly key: string;
  /** Of its client policy. */
  readonly name: string | null;
}

/** A request that has not ended. */
export interface RunningRequest {
  readonly id: string;
  snapshot(): RequestRecord;
  route(): readonly RouteCandidate[];
}

/** Told of requests as they go on. */
export interface RequestSink {
  started(request: RunningRequest): void;
  firstByte(id: string): void;
  finished(request: StoredRequest): void;
}

export interface RecordOptions {
  readonly id: string;
  readonly clock: Clock;
  readonly sink: RequestSink;
  readonly observer: RequestObserver;
  readonly request: IncomingMessage;
  readonly client: ClientName | undefined;
  readonly form: string;
  readonly instance: string | undefined;
  readonly config: Config;
  /** Every configured key and token, and the one that was presented. */
  readonly secrets: () => Iterable<string>;
}

export interface RecordEnd {
  /** What the client got; undefined: it left. */
  readonly status: number | undefined;
  readonly failed: boolean;
  readonly error: string | undefined;
  /** Of the error that this program itself gave. */
  readonly code?: string | undefined;
}

const maxTextLength = 256;
/** Candidates that are kept of a request. */
const maxRoute = 100;
const cut = (text: string | undefined): string | null => (text === undefined ? null : text.slice(0, maxTextLength));

export class RequestRecording {
  readonly #options: RecordOptions;
  readonly #started: number;
  readonly #tries: RequestTry[] = [];
  readonly #dropped = new Set<string>();
  #model: string | null = null;
  #stream = false;
  #sessionId: string | null = null;
  #candidate: Candidate | undefined;
  #chain: string | null = null;
  #route: readonly RouteCandidate[] = [];
  #firstByteMs: number | null = null;
  #tokens = noTokens;
  #seconds: number | null = null;
  #isAnnounced = false;

  constructor(options: RecordOptions) {
    this.#options = options;
    // Pages go by the id, so the time must be the one in it.
    this.#started = timeOfId(options.id);
  }

  get id(): string {
    return this.#options.id;
  }

  /** Once the body has been read. From here on the request is shown as running. */
  asks({ model, stream, sessionId }: { model: string; stream: boolean; sessionId: string | undefined }): void {
    this.#model = cut(model);
    this.#stream = stream;
    this.#sessionId = cut(sessionId);
    this.#isAnnounced = true;
    this.#options.sink.started({ id: this.id, snapshot: () => this.#record(), route: () => this.#route });
  }

  /** The chain by whose name the model was asked for. */
  followsChain(name: string): void {
    this.#chain = name;
  }

  /** The candidates there were, in the order in which they would be tried. */
  hasRoute(route: readonly RouteCandidateRow[]): void {
    // Cooldowns quote what providers said.
    const kept = route.length > maxRoute ? route.slice(0, maxRoute) : route;
    const isQuoted = ({ until }: RouteCandidateRow) => until !== null;
    this.#route = kept.some(isQuoted)
      ? kept.map((row) => (isQuoted(row) ? { ...row, why: this.#sentence(row.why) } : row))
      : kept;
  }

  /** Who is asked next. */
  asked(candidate: Candidate): void {
    this.#candidate = candidate;
  }

  /** A call of an upstream has ended. */
  tried({ credential, model }: Candidate, end: TryEnd): void {
    if (end.outcome !== undefined) this.#options.observer.tried(providerOf(credential), end.outcome);
    const error = end.error === undefined ? null : this.#sentence(end.error);
    this.#tries.push({
      source: credential.sourceName,
      credential: credentialName(credential),
      model,
      status: end.status,
      ms: Math.max(0, Math.round(end.ms)),
      error,
    });
  }

  dropped(places: Iterable<string>): void {
    for (const place of places) this.#dropped.add(place);
  }

  /** `isEstimated`: by the length of the texts, where the provider gave no numbers. */
  counted(usage: Partial<Usage> | undefined, isEstimated: boolean): void {
    const tokens = tokensOf(usage);
    this.#tokens = isEstimated ? { ...tokens, estimated: true } : tokens;
    this.#seconds = usage?.seconds ?? null;
  }

  /** The first byte goes to the client. */
  firstByte(): void {
    if (this.#firstByteMs !== null) return;
    this.#firstByteMs = this.#elapsed();
    if (this.#isAnnounced) this.#options.sink.firstByte(this.id);
  }

  end({ status, failed, error, code }: RecordEnd): RequestRecord {
    const outcome = status === undefined ? 'aborted' : failed ? 'failure' : 'success';
    const total = this.#elapsed();
    const record: RequestRecord = {
      ...this.#record(),
      state: 'done',
      outcome,
      finished_at: new Date(this.#started + total).toISOString(),
      total_ms: total,
      status: status ?? 499,
      cost: this.#cost(failed),
      error: outcome === 'failure' && error !== undefined ? this.#sentence(error) : null,
    };
    this.#options.sink.finished({ record, route: this.#route });
    this.#options.observer.ended(record, code);
    return record;
  }

  #record(): RequestRecord {
    const { id, request, client, form, instance } = this.#options;
    const credential = this.#candidate?.credential;
    return {
      ...(instance === undefined ? { id } : { id, instance }),
      state: 'running',
      outcome: null,
      started_at: new Date(this.#started).toISOString(),
      finished_at: null,
      key_id: client?.keyId ?? null,
      key: client?.key ?? null,
      key_name: client?.name ?? null,
      client_ip: request.socket.remoteAddress ?? null,
      user_agent: cut(request.headers['user-agent']),
      form,
      model: this.#model,
      model_sent: this.#candidate?.model ?? null,
      provider: credential === undefined ? null : providerOf(credential),
      source: credential?.sourceName ?? null,
      credential: credential === undefined ? null : credentialName(credential),
      auth_index: credential?.authIndex ?? null,
      chain: this.#chain,
      tries: [...this.#tries],
      first_byte_ms: this.#firstByteMs,
      total_ms: null,
      status: null,
      stream: this.#stream,
      tokens: this.#tokens,
      seconds: this.#seconds,
      cost: { usd: null, basis: 'unknown', billed: this.#candidate?.credential.account === undefined },
      dropped_fields: [...this.#dropped],
      session_id: this.#sessionId,
      error: null,
    };
  }

  #cost(failed: boolean): RequestRecord['cost'] {
    const { form, config } = this.#options;
    const billed = this.#candidate?.credential.account === undefined;
    if (form === countForm) return { usd: null, basis: 'unknown', billed };
    const tokens = this.#tokens;
    const sent = this.#candidate?.model ?? '';
    const price = modelPrice({ sent, asked: this.#model ?? '', inputTokens: tokens.input ?? 0 }, config);
    return requestCost({ tokens, seconds: this.#seconds, price, failed, billed });
  }

  #sentence(message: string): string {
    return errorSentence(message, this.#options.secrets());
  }

  #elapsed(): number {
    return Math.max(0, Math.round(this.#options.clock.now() - this.#started));
  }
}

/** The form of requests that only count tokens. They have no costs. */
export const countForm = 'count';
