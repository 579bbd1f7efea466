// What a format changes in a client's body that is passed on without translation.
import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import type { Edit } from '../bytes/json-lists.ts';
import { type JsonMember, type MemberValues, memberNamed } from '../bytes/json-members.ts';
import type { DroppedFields } from '../model/dropped-fields.ts';
import type { ThinkingOverride } from '../model/reasoning/thinking-override.ts';

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
  /** Members to change for a request that generates. What is taken out of it is reported. */
  edit(request: PassthroughRequest, target: PassthroughTarget, dropped: DroppedFields): MemberValues;
  /** The same for one that counts tokens. */
  editCount(request: PassthroughRequest, target: PassthroughTarget, dropped: DroppedFields): MemberValues;
  readonly envelope?: Envelope;
}

/** The edit that every format with the model in its body needs. */
export const modelMember = ({ model }: Pick<PassthroughTarget, 'model'>): MemberValues => ({
  model: JSON.stringify(model),
});

/** The value of a member, not copied. */
export function memberValue({ body, members }: PassthroughRequest, name: string): ChunkedBuffer | undefined {
  const member = memberNamed(members, name);
  return member && new ChunkedBuffer(body.slice(member.valueStart, member.valueEnd));
}

/** A list without what its edit took out; an empty list when nothing is left, no edit when nothing changes. */
export const editedList = (name: string, edit: Edit): MemberValues =>
  edit === 'kept' ? {} : { [name]: edit === 'removed' ? '[]' : edit };

/** How often a pattern (with the flag `g`) occurs. */
export const occurrences = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
