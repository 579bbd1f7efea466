// Begins the records of requests.
import type { IncomingMessage } from 'node:http';
import type { Config } from '../../../src-shared/config.ts';
import { mask } from '../../lib/mask.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { RequestIds } from '../../storage/request-id.ts';
import { objectOf } from '../model/json.ts';
import type { Credential } from '../routing/credential.ts';
import { noObserver, type RequestObserver } from './request-observer.ts';
import { type ClientName, RequestRecording, type RequestSink } from './request-record.ts';

export interface RecordingsOptions {
  readonly clock: Clock;
  readonly sink: RequestSink;
  readonly observer?: RequestObserver | undefined;
  readonly config: () => Config;
  readonly credentials: () => readonly Credential[];
  /** What stands for a client key, equal over restarts. */
  readonly keyId: (key: string) => string;
  /** The name of this instance, where several share a database. */
  readonly instance?: string | undefined;
}

export class Recordings {
  readonly #options: RecordingsOptions;
  readonly #ids = new RequestIds();
  /** The clients of a config, which is another object after each change. */
  #clients = new WeakMap<Config, Map<string, ClientName>>();

  constructor(options: RecordingsOptions) {
    this.#options = options;
  }

  /** `key`: the client's, undefined while none are set; `form`: the client's format, or the kind of the request. */
  open(request: IncomingMessage, key: string | undefined, form: string): RequestRecording {
    const { clock, sink, credentials, observer = noObserver, instance } = this.#options;
    const config = this.#options.config();
    return new RequestRecording({
      id: this.#ids.next(clock.now()),
      clock,
      sink,
      instance,
      observer,
      request,
      client: key === undefined ? undefined : this.#clientOf(key, config),
      form,
      config,
      secrets: () => secretsIn(config, credentials()),
    });
  }

  /** A request whose client was not let in. */
  rejected(form: string, status: number): void {
    this.#options.observer?.rejected(form, status);
  }

  #clientOf(key: string, config: Config): ClientName {
    const known = this.#clients.get(config) ?? new Map<string, ClientName>();
    this.#clients.set(config, known);
    const before = known.get(key);
    if (before !== undefined) return before;
    const policies = config['client-policies'];
    const policy = policies.find((one) => one['api-key'] === key) ?? policies.find((one) => one['api-key'] === '*');
    const client = { keyId: this.#options.keyId(key), key: mask(key), name: policy?.name ?? null };
    known.set(key, client);
    return client;
  }
}

/** What a provider may quote in an error. A client presents keys of the config only, or there would be no record. */
function* secretsIn(config: Config, credentials: readonly Credential[]): Iterable<string> {
  yield* config['api-keys'];
  for (const { key, headers, account } of credentials) {
    yield key;
    yield* Object.values(headers);
    const content = objectOf(account?.content);
    const tokens = [content.access_token, content.refresh_token, content.id_token, content.api_key];
    for (const token of [...tokens, objectOf(content.token).access_token]) if (typeof token === 'string') yield token;
  }
}
