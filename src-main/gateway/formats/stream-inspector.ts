// Reads along with a stream that is passed on as it is: has it begun, has it ended, did it fail, what did it use.
import type { EventFields } from '../bytes/sse-scanner.ts';
import type { UpstreamError, Usage } from '../model/events.ts';

/** What one event of the upstream means. */
export interface Inspection {
  /** The response has begun: from here on it cannot be asked of another upstream. */
  readonly begins?: boolean;
  /** The upstream says that it failed. */
  readonly error?: UpstreamError;
  /** Nothing may follow. */
  readonly last?: boolean;
  /** Only holds the usage that the client did not ask for. */
  readonly usageOnly?: boolean;
}

export interface StreamInspector {
  /** `hasBegun`: whether the response is already under way, so that less needs to be known. */
  inspect(fields: EventFields, hasBegun: boolean): Inspection;
  /** Whether a stream that closes here has ended by the rules of its format. */
  readonly isComplete: boolean;
  /** The last value of each count so far. Parses what was set aside. */
  readonly usage: Partial<Usage> | undefined;
}
