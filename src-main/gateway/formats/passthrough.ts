// What a format changes in a client's body that is passed on without translation.
import type { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import type { JsonMember, MemberValues } from '../bytes/json-members.ts';
import type { ThinkingOverride } from '../model/thinking-override.ts';

/** A client's request as it came. */
export interface PassthroughRequest {
  readonly body: ChunkedBuffer;
  /** Those of the body. */
  readonly members: readonly JsonMember[];
  readonly stream: boolean;
}

export interface PassthroughTarget {
  /** As the upstream names it. */
  readonly model: string;
  readonly project?: string | undefined;
  /** What the model's name asks for. */
  readonly thinking?: ThinkingOverride | undefined;
}

/** Wraps requests and responses of a service that puts one object around those of the format. */
export interface Envelope {
  wrap(body: readonly Buffer[], target: PassthroughTarget, action: 'generate' | 'count'): readonly Buffer[];
  /** The member that holds the response. */
  readonly responseMember: string;
}

export interface Passthrough {
  /** Members to change for a request that generates. */
  edit(request: PassthroughRequest, target: PassthroughTarget): MemberValues;
  /** The same for one that counts tokens. */
  editCount(target: PassthroughTarget): MemberValues;
  readonly envelope?: Envelope;
}

/** The edit that every format with the model in its body needs. */
export const modelMember = ({ model }: Pick<PassthroughTarget, 'model'>): MemberValues => ({
  model: JSON.stringify(model),
});
