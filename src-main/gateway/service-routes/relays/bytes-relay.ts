// Passes a response on byte for byte: JSON, sound, files. Reads along only for the token counts.
import { MemberScanner } from '../../bytes/member-scanner.ts';
import { nothing, type Relayed, type ResponseRelay } from '../../formats/response-relay.ts';
import type { UpstreamError, Usage } from '../../model/events.ts';
import type { UpstreamResponse } from '../../upstream/send.ts';
import { serviceUsage, usageMembers } from '../usage.ts';
import { passedHeaders } from './response-headers.ts';

export interface BytesRelayOptions {
  readonly response: UpstreamResponse;
  readonly contentType: string;
  readonly errorBody: (error: UpstreamError) => unknown;
  /** Further members of a JSON response to look out for. A short one is then not begun before its end. */
  readonly members?: readonly string[];
  /** Told what members have come, at the end of a complete response. */
  readonly onMembers?: (members: Readonly<Record<string, unknown>>) => void;
}

export class BytesRelay implements ResponseRelay {
  readonly contentType: string;
  /** Nothing can be said inside of bytes: a response that breaks off is broken off. */
  readonly keepAlive = undefined;
  readonly copies = false;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly #options: BytesRelayOptions;
  readonly #scanner: MemberScanner | undefined;

  constructor(options: BytesRelayOptions) {
    const { response, contentType, members = [] } = options;
    this.#options = options;
    this.contentType = contentType;
    this.status = response.status;
    this.headers = passedHeaders(response, true);
    this.#scanner = contentType.includes('json') ? new MemberScanner([...usageMembers, ...members]) : undefined;
  }

  get usage(): Partial<Usage> | undefined {
    return this.#scanner && serviceUsage(this.#scanner.values());
  }

  get heldBytes(): number {
    return 0;
  }

  push(chunk: Buffer): Relayed {
    this.#scanner?.push(chunk);
    return { bytes: chunk, begun: this.#options.members === undefined };
  }

  end(): Relayed {
    if (this.#scanner !== undefined) this.#options.onMembers?.(this.#scanner.values());
    return { bytes: nothing, begun: true, ended: true };
  }

  errorBytes(error: UpstreamError): Buffer {
    return Buffer.from(JSON.stringify(this.#options.errorBody(error)));
  }
}
