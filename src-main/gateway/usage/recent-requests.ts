// How the last requests ended. What the window says of the program's health is read from here.
import type { RecentRequest } from '../../../src-shared/contract/recent-requests.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Clock, Disposer } from '../../lib/time/clock.ts';
import { rfc3339 } from '../../lib/time/local-time.ts';
import type { Outcome } from '../request/request-context.ts';
import { classify } from '../routing/classify.ts';

const maxRequests = 20;
const maxTextLength = 300;

interface RequestFacts {
  /** As in the statistics. */
  readonly api: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** The client did not wait for the end. */
  readonly hasLeft: boolean;
}

export class RecentRequests {
  readonly #clock: Clock;
  readonly #changed: Emitter<void>;
  /** Newest last. */
  readonly #requests: RecentRequest[] = [];

  /** `onError` receives what a listener throws. */
  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#changed = new Emitter(onError);
  }

  add(outcome: Outcome, { api, started, hasLeft }: RequestFacts): void {
    const { model, error, candidate, failed } = outcome;
    const now = this.#clock.now();
    const request: RecentRequest = {
      time: rfc3339(now),
      api,
      model: short(model),
      outcome: hasLeft ? 'left' : !failed ? 'answered' : isClients(outcome) ? 'client' : 'upstream',
      status: error?.status ?? 200,
      cause: short(error?.message ?? ''),
      by: candidate?.credential.label ?? '',
      account: candidate?.credential.account?.name ?? '',
      provider: candidate?.credential.provider ?? '',
      milliseconds: Math.max(0, Math.round(now - started)),
    };
    this.#requests.push(request);
    if (this.#requests.length > maxRequests) this.#requests.shift();
    this.#changed.emit();
  }

  /** Newest first. */
  list(): readonly RecentRequest[] {
    return this.#requests.toReversed();
  }

  onChange(listener: () => void): Disposer {
    return this.#changed.on(listener);
  }
}

/** Nobody was to blame but the client when its request was wrong in itself, for us or for who was asked. */
const isClients = ({ error }: Outcome): boolean => error !== undefined && classify(error).next === 'stop';

const short = (text: string): string => (text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text);
