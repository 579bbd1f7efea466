import { modelMember, type Passthrough } from '../../passthrough.ts';
import { withoutForeignThinking } from './foreign-thinking.ts';

export const messagesPassthrough: Passthrough = {
  edit: (request, target, dropped) => ({ ...modelMember(target), ...withoutForeignThinking(request, dropped) }),
  editCount: (request, target, dropped) => ({ ...modelMember(target), ...withoutForeignThinking(request, dropped) }),
};
