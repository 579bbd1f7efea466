import { type MemberValues, readValue } from '../../bytes/json-members.ts';
import { objectOf } from '../../model/json.ts';
import { modelMember, type Passthrough, type PassthroughRequest, type PassthroughTarget } from '../passthrough.ts';

export function withEffort({ body, members }: PassthroughRequest, { thinking }: PassthroughTarget): MemberValues {
  if (thinking?.effort === undefined) return {};
  const given = objectOf(readValue(body, members, 'reasoning'));
  return { reasoning: JSON.stringify({ ...given, effort: thinking.effort }) };
}

export const responsesPassthrough: Passthrough = {
  edit: (request, target) => ({ ...modelMember(target), ...withEffort(request, target) }),
  editCount: modelMember,
};
