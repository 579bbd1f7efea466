// All wire formats by name.
import { chat } from './chat/format.ts';
import { completions } from './completions/format.ts';
import type { Format } from './format.ts';
import type { FormatName } from './format-name.ts';
import { gemini } from './gemini/format.ts';
import { geminiCli } from './gemini/gemini-cli.ts';
import { messages } from './messages/format.ts';
import { codex } from './responses/codex.ts';
import { responses } from './responses/format.ts';

export const formats: Readonly<Record<FormatName, Format>> = {
  chat,
  completions,
  responses,
  codex,
  messages,
  gemini,
  'gemini-cli': geminiCli,
};
