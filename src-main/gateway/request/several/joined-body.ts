// The bodies of several responses as one: whole ones after one another, streams as their bytes come.
import type { UpstreamResponse } from '../../upstream/send.ts';
import type { ResponseBody } from '../../upstream/upstream-body.ts';

interface Piece {
  readonly index: number;
  readonly chunk: Buffer | undefined;
}

export const contentTypeOf = ({ headers }: Pick<UpstreamResponse, 'headers'>): string =>
  String(headers['content-type'] ?? '');

export class JoinedBody implements ResponseBody {
  readonly #bodies: readonly ResponseBody[];
  readonly #streams: boolean;
  readonly #open: Set<number>;
  /** What is being read of each. */
  readonly #awaited = new Map<number, Promise<Piece>>();
  #current = 0;
  #hasEnded = false;

  constructor(responses: readonly UpstreamResponse[]) {
    this.#bodies = responses.map(({ body }) => body);
    this.#streams = responses.every((response) => contentTypeOf(response).includes('text/event-stream'));
    this.#open = new Set(responses.keys());
  }

  get current(): number {
    return this.#current;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** An empty piece marks the end of each body. */
  async next(): Promise<Buffer | undefined> {
    if (this.#open.size === 0) return undefined;
    const { index, chunk } = await Promise.race(this.#inTurn().map((at) => this.#read(at)));
    this.#awaited.delete(index);
    this.#current = index;
    this.#hasEnded = chunk === undefined;
    if (this.#hasEnded) this.#open.delete(index);
    return chunk ?? Buffer.alloc(0);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (let chunk = await this.next(); chunk !== undefined; chunk = await this.next()) yield chunk;
  }

  discard(): void {
    for (const body of this.#bodies) body.discard();
  }

  destroy(): void {
    for (const body of this.#bodies) body.destroy();
  }

  /** Of several that have bytes, the one is read that comes first after the last one. */
  #inTurn(): readonly number[] {
    const open = [...this.#open];
    if (!this.#streams) return open.slice(0, 1);
    return [...open.filter((index) => index > this.#current), ...open.filter((index) => index <= this.#current)];
  }

  #read(index: number): Promise<Piece> {
    const awaited = this.#awaited.get(index) ?? this.#piece(index);
    this.#awaited.set(index, awaited);
    return awaited;
  }

  async #piece(index: number): Promise<Piece> {
    return { index, chunk: await this.#bodies[index]?.next() };
  }
}
