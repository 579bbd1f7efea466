// Sets names in responses that pass: that of the model for aliases with `force-mapping`, that of the response before.
import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import { type JsonMember, memberNamed, membersOf, readValue, withMembers } from '../bytes/json-members.ts';
import { fieldsOf, SseScanner } from '../bytes/sse-scanner.ts';
import { join, nothing, type Relayed, type ResponseRelay } from '../formats/response-relay.ts';
import type { UpstreamError, Usage } from '../model/events.ts';

const nameMembers = ['model', 'modelVersion'];
/** Members of events that hold the response, with names of their own. */
const holders = ['response', 'message'];
const previousMember = 'previous_response_id';
/** Without one of them, nothing is to be set. */
const marks = ['"model', '"response'].map((text) => Buffer.from(text));
const quote = 0x22;
const lineBreak = /\r\n|\r|\n/;

/** What a response says of itself in other words than its upstream. */
export interface ResponseNames {
  readonly model?: string | undefined;
  /** Of the Responses API, where the upstream was not asked to go on from a response, but given the conversation. */
  readonly previousResponseId?: string | undefined;
}

/** The relay with these names in what it gives. What is neither JSON nor a stream of events passes as it is. */
export function withNames(relay: ResponseRelay, names: ResponseNames): ResponseRelay {
  if (names.model === undefined && names.previousResponseId === undefined) return relay;
  const type = relay.contentType;
  if (type.includes('text/event-stream')) return new NamedStream(relay, names);
  return type.includes('json') ? new NamedJson(relay, names) : relay;
}

/** What the two have in common; `passOn` is missing because a name may come last. */
abstract class NamedRelay {
  protected readonly relay: ResponseRelay;
  protected readonly names: ResponseNames;

  constructor(relay: ResponseRelay, names: ResponseNames) {
    this.relay = relay;
    this.names = names;
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
    const bytes = named(join(this.#held), this.names);
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
    return { ...last, bytes: Buffer.concat([last.bytes, namedEvent(this.#scanner.remainder(), this.names)]) };
  }

  #take(relayed: Relayed): Relayed {
    if (relayed.bytes.length === 0) return relayed;
    const events = this.#scanner.push(relayed.bytes).map((event) => namedEvent(event, this.names));
    return { ...relayed, bytes: Buffer.concat(events) };
  }
}

function namedEvent(event: Buffer, names: ResponseNames): Buffer {
  if (!marks.some((mark) => event.includes(mark))) return event;
  const { data } = fieldsOf(event);
  if (data === undefined) return event;
  const text = named(data, names);
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
function named(bytes: Buffer, names: ResponseNames): Buffer {
  if (!marks.some((mark) => bytes.includes(mark))) return bytes;
  const json = new ChunkedBuffer([bytes]);
  const members = membersOf(json);
  if (members === undefined) return bytes;
  const values: Record<string, string | readonly Buffer[]> = namesIn(json, members, names);
  for (const holder of holders) {
    const member = memberNamed(members, holder);
    if (member === undefined) continue;
    const inner = new ChunkedBuffer(json.slice(member.valueStart, member.valueEnd));
    const innerMembers = membersOf(inner);
    const innerValues = innerMembers && namesIn(inner, innerMembers, names);
    if (innerMembers === undefined || innerValues === undefined || Object.keys(innerValues).length === 0) continue;
    values[holder] = withMembers(inner, innerMembers, innerValues);
  }
  return Object.keys(values).length === 0 ? bytes : join(withMembers(json, members, values));
}

/** Only texts are names. Which response came before stands in whole responses, be it that none did. */
function namesIn(
  json: ChunkedBuffer,
  members: readonly JsonMember[],
  { model, previousResponseId }: ResponseNames,
): Record<string, string> {
  const values: Record<string, string> = {};
  const isName = (member: JsonMember | undefined) => member !== undefined && json.at(member.valueStart) === quote;
  for (const one of nameMembers)
    if (model !== undefined && isName(memberNamed(members, one))) values[one] = JSON.stringify(model);
  if (previousResponseId !== undefined && readValue(json, members, 'object') === 'response')
    values[previousMember] = JSON.stringify(previousResponseId);
  return values;
}
