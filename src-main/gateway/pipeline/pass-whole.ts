// Passes a whole JSON answer on as it came, after a look at what it is.
import type { Format, FormatName } from '../formats/format.ts';
import type { Fault, Usage } from '../ir/events.ts';
import { faultOf } from '../ir/fault.ts';
import { isObject } from '../ir/json.ts';
import { type Member, memberNamed, membersOf, readValue, valueBytes } from '../json/spans.ts';
import { join, nothing, type Relay, type Relayed } from './relay.ts';

/** Larger answers are passed on while they come, without the look. */
const heldBytes = 16 * 1024 * 1024;

const notJson: Fault = {
  status: 502,
  message: 'The upstream answered with something that is not the JSON of its form.',
};
const failed: Fault = { status: 502, message: 'The upstream reported an error.' };

export class PassWhole implements Relay {
  readonly contentType = 'application/json';
  readonly keepAlive = undefined;
  readonly #client: Format;
  readonly #upstream: Format;
  /** The member of the upstream's envelope that holds the answer. */
  readonly #envelope: string | undefined;
  #held: Buffer[] | undefined = [];
  #size = 0;
  #usage: Partial<Usage> | undefined;

  constructor(client: Format, upstream: Format, envelope?: string) {
    this.#client = client;
    this.#upstream = upstream;
    this.#envelope = envelope;
  }

  get usage(): Partial<Usage> | undefined {
    return this.#usage;
  }

  push(chunk: Buffer): Relayed {
    if (this.#held === undefined) return { bytes: chunk, begun: true };
    this.#held.push(chunk);
    this.#size += chunk.length;
    if (this.#size <= heldBytes || this.#envelope !== undefined) return { bytes: nothing, begun: false };
    const bytes = join(this.#held);
    this.#held = undefined;
    return { bytes, begun: true };
  }

  end(): Relayed {
    if (this.#held === undefined) return { bytes: nothing, begun: true, ended: true };
    const whole = join(this.#held);
    const answer = this.#envelope === undefined ? whole : (memberBytes(whole, this.#envelope) ?? whole);
    const members = membersOf(answer);
    const fault = members === undefined ? notJson : faultIn(answer, members, this.#upstream.name);
    if (fault !== undefined || members === undefined) return { bytes: nothing, begun: false, fault: fault ?? notJson };
    this.#usage = this.#upstream.usage({
      usage: readValue(answer, members, 'usage'),
      usageMetadata: readValue(answer, members, 'usageMetadata'),
    });
    return { bytes: answer, begun: true, ended: true };
  }

  failure(fault: Fault): Buffer {
    return Buffer.from(JSON.stringify(this.#client.errorBody(fault)));
  }
}

function memberBytes(json: Buffer, name: string): Buffer | undefined {
  const members = membersOf(json);
  const member = members && memberNamed(members, name);
  return member && valueBytes(json, member);
}

/** Without it there is no answer; Gemini leaves out whatever is empty. */
const essential: Readonly<Partial<Record<FormatName, string>>> = {
  chat: 'choices',
  responses: 'output',
  messages: 'content',
};

/** Some servers answer 200 and tell an error in the body, or say something else altogether. */
function faultIn(json: Buffer, members: readonly Member[], upstream: FormatName): Fault | undefined {
  const error = readValue(json, members, 'error');
  if (isObject(error) || typeof error === 'string') return faultOf({ error }, failed);
  const name = essential[upstream];
  return name === undefined || memberNamed(members, name) ? undefined : notJson;
}
