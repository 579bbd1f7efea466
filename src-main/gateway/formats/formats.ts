// All wire formats by name.
import { chat } from './chat/format.ts';
import type { Format, FormatName } from './format.ts';
import { messages } from './messages/format.ts';

export const formats: Readonly<Partial<Record<FormatName, Format>>> = { chat, messages };
