// The tools in the order of their names. A tool is one file and one row here.
import { Problem } from '../../../src-shared/problem.ts';
import type { ManualTool, Tool } from '../tool.ts';
import { aider } from './aider.ts';
import { claudeCode } from './claude-code.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { continueDev } from './continue.ts';
import { crush } from './crush.ts';
import { droid } from './droid.ts';
import { geminiCli } from './gemini-cli.ts';
import { grok } from './grok.ts';
import { kimiCode } from './kimi-code.ts';
import { manualTools } from './manual.ts';
import { kilo, openCode } from './opencode.ts';
import { pi } from './pi.ts';
import { qwenCode } from './qwen-code.ts';
import { zed } from './zed.ts';

export const tools: readonly Tool[] = [
  aider,
  claudeCode,
  cline,
  codex,
  continueDev,
  crush,
  droid,
  geminiCli,
  grok,
  kilo,
  kimiCode,
  openCode,
  pi,
  qwenCode,
  zed,
];

export { manualTools };

const isSupported = (tool: Tool | ManualTool): tool is Tool => !('support' in tool);

/** The tool of that id. Throws Problem `item_not_found`. */
function toolOf(id: string): Tool | ManualTool {
  const tool = [...tools, ...manualTools].find((one) => one.id === id);
  if (tool === undefined) throw new Problem('item_not_found', `There is no tool ${JSON.stringify(id.slice(0, 50))}.`);
  return tool;
}

/** The tool of that id, and where it is set up without a file, that. Throws Problem `item_not_found`. */
export function findTool(id: string): { readonly tool?: Tool; readonly manual?: ManualTool } {
  const tool = toolOf(id);
  return isSupported(tool) ? { tool } : { manual: tool };
}

/** The tool of that id, whose files can be written. Throws Problem `item_not_found`, `agent_not_supported`. */
export function supportedTool(id: string): Tool {
  const tool = toolOf(id);
  if (isSupported(tool)) return tool;
  throw new Problem('agent_not_supported', `${tool.name} reads no settings file that could be written.`);
}
