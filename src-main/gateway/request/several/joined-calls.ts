// Several calls upstream for one request, whose responses are read as one.
import { type BodyBytes, send, type UpstreamCall, type UpstreamResponse } from '../../upstream/send.ts';
import { contentTypeOf, JoinedBody } from './joined-body.ts';

export class JoinedCalls {
  readonly #bodies: readonly BodyBytes[];
  #responses: readonly UpstreamResponse[] = [];
  #body: JoinedBody | undefined;

  /** @param bodies one for each call; at least one */
  constructor(bodies: readonly BodyBytes[]) {
    this.#bodies = bodies;
  }

  /** The calls at once. A response that is an error is the response to all of them. Rejects as `send` does. */
  async send(call: UpstreamCall): Promise<UpstreamResponse> {
    const others = new AbortController();
    const signal = AbortSignal.any([call.signal, others.signal]);
    try {
      this.#responses = await Promise.all(this.#bodies.map((body) => send({ ...call, body, signal })));
    } catch (error) {
      others.abort(error);
      throw error;
    }
    const failed = this.#responses.find(({ status }) => status < 200 || status > 299);
    if (failed !== undefined) {
      for (const response of this.#responses) if (response !== failed) response.body.destroy();
      return failed;
    }
    this.#body = new JoinedBody(this.#responses);
    // There is at least one call.
    return { ...(this.#responses[0] as UpstreamResponse), body: this.#body };
  }

  /** Content types of the responses, in the order of the calls. */
  get contentTypes(): readonly string[] {
    return this.#responses.map(contentTypeOf);
  }

  /** Whose bytes were read last. */
  get current(): number {
    return this.#body?.current ?? 0;
  }

  /** Whether the response of `current` is at its end. */
  get hasEnded(): boolean {
    return this.#body?.hasEnded ?? false;
  }
}
