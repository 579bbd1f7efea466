// All wire formats by name.
import { chat } from './chat/format.ts';
import type { ClientFormat } from './client-side.ts';
import { codex } from './codex/format.ts';
import { completions } from './completions/format.ts';
import type { Format } from './format.ts';
import { gemini } from './gemini/format.ts';
import { geminiCli } from './gemini-cli/format.ts';
import { messages } from './messages/format.ts';
import { responses } from './responses/format.ts';

export const formats = {
  chat,
  completions,
  responses,
  codex,
  messages,
  gemini,
  'gemini-cli': geminiCli,
} satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;

const all: readonly Format[] = Object.values(formats);

export const clientFormats: readonly ClientFormat[] = all.filter(
  (format): format is ClientFormat => format.client !== undefined,
);

/** For requests whose path belongs to no format. */
export const defaultFormat: ClientFormat = chat;
