// All wire formats by name.
import { chat } from './chat/format.ts';
import type { Format, FormatName } from './format.ts';
import { messages } from './messages/format.ts';
import { codex } from './responses/codex.ts';
import { responses } from './responses/format.ts';

export const formats: Readonly<Partial<Record<FormatName, Format>>> = { chat, codex, messages, responses };
