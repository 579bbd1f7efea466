// Sets the name that responses give their model, for aliases with `force-mapping`.
import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import { type JsonMember, memberNamed, membersOf, withMembers } from '../bytes/json-members.ts';
import { fieldsOf, SseScanner } from '../bytes/sse-scanner.ts';
import { join, nothing, type Relayed, type ResponseRelay } from '../formats/response-relay.ts';
import type { UpstreamError, Usage } from '../model/events.ts';

const nameMembers = ['model', 'modelVersion'];
/** Members of events that hold the response, with names of their own. */
const holders = ['response', 'message'];
/** Without it, nothing is to be set. */
const mark = Buffer.from('"model');
const quote = 0x22;
const lineBreak = /\r\n|\r|\n/;

/** The relay with `model` as the name of its model. What is neither JSON nor a stream of events passes as it is. */
export function withModelName(relay: ResponseRelay, model: string): ResponseRelay {
  const type = relay.contentType;
  if (type.includes('text/event-stream')) return new NamedStream(relay, model);
  return type.includes('json') ? new NamedJson(relay, model) : relay;
}

/** What the two have in common; `passOn` is missing because a name may come last. */
abstract class NamedRelay {
  protected readonly relay: ResponseRelay;
  protected readonly name: string;

  constructor(relay: ResponseRelay, model: string) {
    this.relay = relay;
    this.name = JSON.stringify(model);
  }

  get contentType(): string {
    return this.relay.contentType;
  }

  get keepAlive(): string | undefined {
    return this.relay.keepAlive;
  }

  get copies(): boolean {
    return this.relay.copies;
  }

  get breaksOff(): boolean {
    return this.relay.breaksOff === true;
  }

  get tellsErrors(): boolean {
    return this.relay.tellsErrors ?? this.relay.keepAlive !== undefined;
  }

  get status(): number {
    return this.relay.status ?? 200;
  }

  get usage(): Partial<Usage> | undefined {
    return this.relay.usage;
  }

  /** Without the length: the bytes are others. */
  get headers(): Readonly<Record<string, string>> {
    const { 'content-length': _length, ...others } = this.relay.headers ?? {};
    return others;
  }

  errorBytes(error: UpstreamError): Buffer {
    return this.relay.errorBytes(error);
  }
}

class NamedJson extends NamedRelay implements ResponseRelay {
  #held: Buffer[] = [];
  #size = 0;

  get heldBytes(): number {
    return this.relay.heldBytes + this.#size;
  }

  push(chunk: Buffer): Relayed {
    const relayed = this.#hold(this.relay.push(chunk));
    const isOver = relayed.error !== undefined || relayed.ended === true;
    return isOver ? { ...relayed, bytes: this.#named() } : { bytes: nothing, begun: false };
  }

  end(): Relayed {
    return { ...this.#hold(this.relay.end()), bytes: this.#named() };
  }

  #hold(relayed: Relayed): Relayed {
    if (relayed.bytes.length > 0) this.#held.push(relayed.bytes);
    this.#size += relayed.bytes.length;
    return relayed;
  }

  #named(): Buffer {
    const bytes = named(join(this.#held), this.name);
    this.#held = [];
    this.#size = 0;
    return bytes;
  }
}

class NamedStream extends NamedRelay implements ResponseRelay {
  readonly #scanner = new SseScanner();

  get heldBytes(): number {
    return this.relay.heldBytes + this.#scanner.heldBytes;
  }

  push(chunk: Buffer): Relayed {
    return this.#take(this.relay.push(chunk));
  }

  end(): Relayed {
    const last = this.#take(this.relay.end());
    return { ...last, bytes: Buffer.concat([last.bytes, namedEvent(this.#scanner.remainder(), this.name)]) };
  }

  #take(relayed: Relayed): Relayed {
    if (relayed.bytes.length === 0) return relayed;
    const events = this.#scanner.push(relayed.bytes).map((event) => namedEvent(event, this.name));
    return { ...relayed, bytes: Buffer.concat(events) };
  }
}

function namedEvent(event: Buffer, name: string): Buffer {
  if (!event.includes(mark)) return event;
  const { data } = fieldsOf(event);
  if (data === undefined) return event;
  const text = named(data, name);
  if (text === data) return event;
  const start = event.indexOf(data);
  // Data on one line keeps the bytes around it.
  if (start >= 0) return Buffer.concat([event.subarray(0, start), text, event.subarray(start + data.length)]);
  const others = event
    .toString()
    .split(lineBreak)
    .filter((line) => line !== '' && !line.startsWith('data'));
  const lines = [
    ...others,
    ...text
      .toString()
      .split(lineBreak)
      .map((line) => `data: ${line}`),
  ];
  return Buffer.from(`${lines.join('\n')}\n\n`);
}

/** The same buffer when there is nothing to set. */
function named(bytes: Buffer, name: string): Buffer {
  if (!bytes.includes(mark)) return bytes;
  const json = new ChunkedBuffer([bytes]);
  const members = membersOf(json);
  if (members === undefined) return bytes;
  const values: Record<string, string | readonly Buffer[]> = namesIn(json, members, name);
  for (const holder of holders) {
    const member = memberNamed(members, holder);
    if (member === undefined) continue;
    const inner = new ChunkedBuffer(json.slice(member.valueStart, member.valueEnd));
    const innerMembers = membersOf(inner);
    const innerValues = innerMembers && namesIn(inner, innerMembers, name);
    if (innerMembers === undefined || innerValues === undefined || Object.keys(innerValues).length === 0) continue;
    values[holder] = withMembers(inner, innerMembers, innerValues);
  }
  return Object.keys(values).length === 0 ? bytes : join(withMembers(json, members, values));
}

/** Only texts are names. */
function namesIn(json: ChunkedBuffer, members: readonly JsonMember[], name: string): Record<string, string> {
  const isName = (member: JsonMember | undefined) => member !== undefined && json.at(member.valueStart) === quote;
  return Object.fromEntries(
    nameMembers.filter((one) => isName(memberNamed(members, one))).map((one) => [one, name] as const),
  );
}
