import { modelMember, type Passthrough } from '../passthrough.ts';

export const messagesPassthrough: Passthrough = { edit: (_, target) => modelMember(target), editCount: modelMember };
