// The responses to one question, each by a relay of its own, as one response that lists them.
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import { fieldsOf, SseScanner } from '../../bytes/sse-scanner.ts';
import type { ResponseList } from '../../formats/client-side.ts';
import { join, nothing, type Relayed, type ResponseRelay } from '../../formats/response-relay.ts';
import type { UpstreamError, Usage } from '../../model/events.ts';
import { objectsOf, parseExact } from '../../model/json.ts';
import { sseFrame } from '../../model/sse.ts';
import type { JoinedCalls } from './joined-calls.ts';

export interface JoinedOptions {
  readonly calls: Pick<JoinedCalls, 'current' | 'hasEnded'>;
  /** In the order of the calls. */
  readonly relays: readonly ResponseRelay[];
  readonly list: ResponseList;
  readonly toStream: boolean;
}

interface Part {
  readonly relay: ResponseRelay;
  readonly scanner: SseScanner;
  isOver: boolean;
}

export class JoinedRelay implements ResponseRelay {
  readonly #options: JoinedOptions;
  readonly #parts: readonly Part[];
  readonly #first: ResponseRelay;
  /** Whole responses, by the numbers of their calls. */
  readonly #whole = new Map<number, JsonObject>();
  #wholeBytes = 0;
  #id: unknown;
  #begun = false;
  /** The last frame with nothing but the token counts, and the one behind all. */
  #counts: JsonObject | undefined;
  #last = '';

  constructor(options: JoinedOptions) {
    const { relays } = options;
    const [first] = relays;
    if (first === undefined) throw new RangeError('There is nothing to join.');
    this.#options = options;
    this.#first = first;
    this.#parts = relays.map((relay) => ({ relay, scanner: new SseScanner(), isOver: false }));
  }

  get contentType(): string {
    return this.#first.contentType;
  }

  get keepAlive(): string | undefined {
    return this.#first.keepAlive;
  }

  get copies(): boolean {
    return this.#parts.every(({ relay }) => relay.copies);
  }

  get heldBytes(): number {
    return this.#parts.reduce((sum, { relay }) => sum + relay.heldBytes, this.#wholeBytes);
  }

  get breaksOff(): boolean {
    return this.#first.breaksOff === true;
  }

  /** What all of them used: each call is paid for. */
  get usage(): Partial<Usage> | undefined {
    const known = this.#parts.flatMap(({ relay }) => relay.usage ?? []);
    return known.length === 0 ? undefined : known.reduce(sumOf);
  }

  push(chunk: Buffer): Relayed {
    const { calls } = this.#options;
    const part = this.#parts[calls.current];
    if (part === undefined || part.isOver) return { bytes: nothing, begun: this.#begun };
    const { bytes, begun, error, ended } = calls.hasEnded ? part.relay.end() : part.relay.push(chunk);
    const joined = this.#joined(part, calls.current, bytes);
    const isStream = this.#options.toStream;
    this.#begun ||= begun && isStream;
    if (error !== undefined) return { bytes: joined, begun: this.#begun, error };
    part.isOver = ended === true;
    if (this.#parts.some(({ isOver }) => !isOver)) return { bytes: joined, begun: this.#begun };
    return { bytes: join([joined, isStream ? this.#closing() : this.#response()]), begun: true, ended: true };
  }

  /** All bodies ended, each marked by its piece. */
  end(): Relayed {
    return { bytes: nothing, begun: this.#begun, ended: true };
  }

  errorBytes(error: UpstreamError): Buffer {
    return this.#first.errorBytes(error);
  }

  #joined(part: Part, index: number, bytes: Buffer): Buffer {
    if (bytes.length === 0) return nothing;
    if (this.#options.toStream) {
      const frames = part.scanner.push(bytes).map((frame) => this.#frame(String(fieldsOf(frame).data ?? ''), index));
      return Buffer.from(frames.join(''));
    }
    const json = parseExact(bytes.toString());
    if (!isObject(json) || !Array.isArray(json[this.#options.list.member])) return bytes;
    this.#whole.set(index, json);
    this.#wholeBytes += bytes.length;
    return nothing;
  }

  #frame(data: string, index: number): string {
    const { member, id, usage, writeUsage } = this.#options.list;
    const json = parseExact(data);
    if (!isObject(json)) {
      this.#last = data === '' ? '' : `data: ${data}\n\n`;
      return '';
    }
    const responses = json[member];
    if (!Array.isArray(responses)) return sseFrame(json);
    this.#id ??= json[id];
    const named = { ...json, [id]: this.#id };
    if (responses.length === 0) {
      this.#counts = named;
      return '';
    }
    const counts = json[usage] === undefined ? {} : { [usage]: writeUsage(this.usage ?? {}) };
    return sseFrame({ ...named, [member]: numbered(responses, index), ...counts });
  }

  #closing(): Buffer {
    const { usage, writeUsage } = this.#options.list;
    const counts =
      this.#counts === undefined ? '' : sseFrame({ ...this.#counts, [usage]: writeUsage(this.usage ?? {}) });
    return Buffer.from(counts + this.#last);
  }

  #response(): Buffer {
    const { member, usage, writeUsage } = this.#options.list;
    const whole = this.#parts.map((_, index) => this.#whole.get(index) ?? {});
    const total = this.usage;
    const response = {
      ...whole[0],
      [member]: whole.flatMap((one, index) => numbered(one[member], index)),
      ...(total === undefined ? {} : { [usage]: writeUsage(total) }),
    };
    return Buffer.from(JSON.stringify(response));
  }
}

const numbered = (responses: unknown, index: number): readonly JsonObject[] =>
  objectsOf(responses).map((response) => ({ ...response, index }));

function sumOf(one: Partial<Usage>, other: Partial<Usage>): Partial<Usage> {
  const names = Object.keys({ ...one, ...other }) as (keyof Usage)[];
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}
