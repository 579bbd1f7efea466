import { type MemberValues, memberNamed, valueBytes } from '../../bytes/json-members.ts';
import { textOf } from '../../model/json.ts';
import { modelMember, type Passthrough, type PassthroughRequest } from '../passthrough.ts';
import { withEffort, withoutOwnReasoning } from '../responses/passthrough/body.ts';
import { toCodexBody } from './body.ts';

export const codexPassthrough: Passthrough = {
  edit: (request, target, dropped) => ({
    ...codexMembers(request),
    ...modelMember(target),
    ...withEffort(request, target),
    ...withoutOwnReasoning(request, dropped),
  }),
  editCount: (_, target) => modelMember(target),
};

/** The rules of `toCodexBody`, applied to the members without reading their values. */
function codexMembers({ body, members }: PassthroughRequest): MemberValues {
  const unread = Object.fromEntries(members.map((member) => [member.name, member]));
  const wanted = toCodexBody(unread);
  const values: Record<string, MemberValues[string]> = {};
  for (const { name } of members) if (!(name in wanted)) values[name] = undefined;
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== unread[name]) values[name] = JSON.stringify(value);
  }
  const member = memberNamed(members, 'input');
  const input = member && valueBytes(body, member);
  // The backend takes lists only.
  if (input?.[0] === 0x22) {
    const text = textOf(JSON.parse(input.toString()));
    values.input = JSON.stringify([{ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }]);
  }
  return values;
}
