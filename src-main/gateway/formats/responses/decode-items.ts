// The items of a Responses conversation as neutral turns.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { RequestError } from '../../model/errors/request-error.ts';
import { defined, objectOf, objectsOf, stringOf, textOf } from '../../model/json.ts';
import { isReasoningToken, readReasoningToken } from '../../model/reasoning/reasoning-token.ts';
import type { FilePart, ImagePart, Part, TextPart, ThinkingPart, ToolResultPart, Turn } from '../../model/request.ts';
import { instructionTurn } from '../shared/instructions.ts';
import { sourceFromUrl } from '../shared/sources.ts';
import { ownSearchPrefix } from './built-in-tools/searches.ts';
import { clientToolTurn } from './client-tools.ts';

type ContentPart = Exclude<Part, { kind: 'tool-call' | 'tool-result' | 'thinking' }>;

export function readItems(
  items: readonly JsonObject[],
  dropped: DroppedFields,
): { readonly system: readonly TextPart[]; readonly turns: readonly Turn[] } {
  const system: TextPart[] = [];
  const turns: Turn[] = [];
  const isInstruction = ({ type = 'message', role }: JsonObject): boolean =>
    type === 'message' && (role === 'system' || role === 'developer');
  for (const [index, item] of items.entries()) {
    const path = `input[${index}]`;
    if (isInstruction(item)) {
      const texts = readContent(item.content, path, dropped).filter((part) => part.kind === 'text');
      if (turns.length === 0) system.push(...texts);
      else turns.push(instructionTurn(texts));
    } else turns.push(...readItem(item, path, dropped));
  }
  return { system, turns };
}

function readItem(item: JsonObject, path: string, dropped: DroppedFields): readonly Turn[] {
  switch (item.type ?? 'message') {
    case 'message':
      return [
        { role: item.role === 'assistant' ? 'assistant' : 'user', parts: readContent(item.content, path, dropped) },
      ];
    case 'reasoning':
      return [{ role: 'assistant', parts: readReasoning(item) }];
    case 'function_call':
      return [{ role: 'assistant', parts: [call(item, 'function', item.arguments)] }];
    case 'custom_tool_call':
      return [{ role: 'assistant', parts: [call(item, 'custom', item.input)] }];
    case 'function_call_output':
    case 'custom_tool_call_output':
      return [{ role: 'user', parts: [readOutput(item, path, dropped)] }];
    case 'additional_tools':
      return [];
    case 'compaction_trigger':
    case 'compaction':
    case 'compaction_summary':
      throw compactionError(textOf(item.type), path);
    case 'item_reference':
      throw new RequestError(
        `${path}: item_reference needs items stored by the service, which this upstream does not do.`,
      );
    default: {
      const turn = clientToolTurn(item);
      if (turn !== undefined) return [turn];
      const isSealed = textOf(item.encrypted_content) !== '';
      const reason = isSealed ? 'are sealed by the service that made them' : 'cannot be carried over';
      const isOwn = textOf(item.id).startsWith(ownSearchPrefix);
      dropped.add(isSealed ? 'fatal' : isOwn ? 'info' : 'warn', path, `items of type ${String(item.type)} ${reason}`);
      return [];
    }
  }
}

/** Codex takes a response without a compacted history for the end of its session: rather no response at all. */
function compactionError(type: string, path: string): RequestError {
  const message =
    type === 'compaction_trigger'
      ? 'Compaction by the service exists at OpenAI only, and this model is served by another provider. Give Codex a model provider with a name other than OpenAI, or set features.remote_compaction_v2 = false, and it compacts by itself.'
      : 'This compacted history is sealed by OpenAI and cannot be read by another provider. Go on with the model that made it, or start a new session.';
  return new RequestError(`${path}: ${message}`, 'compaction_not_supported');
}

function call(item: JsonObject, variant: 'function' | 'custom', args: unknown): Part {
  return defined({
    kind: 'tool-call' as const,
    id: textOf(item.call_id),
    name: textOf(item.name),
    namespace: stringOf(item.namespace),
    args: isObject(args) ? JSON.stringify(args) : textOf(args),
    variant,
  });
}

/** Summaries in one text; several parts are paragraphs of it. */
export const reasoningText = (item: JsonObject): string =>
  [...objectsOf(item.summary), ...objectsOf(item.content)].map((part) => textOf(part.text)).join('\n\n');

function readReasoning(item: JsonObject): readonly ThinkingPart[] {
  const value = stringOf(item.encrypted_content);
  const remembered = readReasoningToken(value ?? '')?.thinking ?? [];
  if (remembered.length > 0) return remembered;
  const isSealed = value !== undefined && !isReasoningToken(value);
  const signature = isSealed ? defined({ issuer: 'openai' as const, value, id: stringOf(item.id) }) : undefined;
  return [defined({ kind: 'thinking' as const, text: reasoningText(item), signature })];
}

function readOutput(item: JsonObject, path: string, dropped: DroppedFields): ToolResultPart {
  const { output } = item;
  const parts =
    typeof output === 'string' ? [{ kind: 'text' as const, text: output }] : readContent(output, path, dropped);
  return {
    kind: 'tool-result',
    callId: textOf(item.call_id),
    parts: parts.filter((part) => part.kind === 'text' || part.kind === 'image' || part.kind === 'file'),
  };
}

function readContent(content: unknown, path: string, dropped: DroppedFields): readonly ContentPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  return objectsOf(content).flatMap((part, index): readonly ContentPart[] => {
    switch (part.type) {
      case 'input_text':
      case 'output_text':
      case 'text':
      case 'summary_text':
        return [{ kind: 'text', text: textOf(part.text) }];
      case 'refusal':
        return [{ kind: 'refusal', text: textOf(part.refusal) }];
      case 'input_image':
        return [readImage(part)];
      case 'input_file':
        return [readFile(part)];
      case 'input_audio': {
        const audio = objectOf(part.input_audio);
        return [{ kind: 'audio', mime: `audio/${textOf(audio.format) || 'wav'}`, data: textOf(audio.data) }];
      }
      default:
        dropped.add('fatal', `${path}.content[${index}]`, `parts of type ${String(part.type)} cannot be carried over`);
        return [];
    }
  });
}

function readImage(part: JsonObject): ImagePart {
  const id = stringOf(part.file_id);
  const source =
    id === undefined ? sourceFromUrl(textOf(part.image_url)) : ({ kind: 'upload', id, issuer: 'openai' } as const);
  return defined({ kind: 'image' as const, source, detail: stringOf(part.detail) });
}

function readFile(part: JsonObject): FilePart {
  const data = stringOf(part.file_data);
  const url = stringOf(part.file_url);
  const source =
    data !== undefined
      ? sourceFromUrl(data.startsWith('data:') ? data : `data:application/pdf;base64,${data}`)
      : url !== undefined
        ? ({ kind: 'url', url } as const)
        : ({ kind: 'upload', id: textOf(part.file_id), issuer: 'openai' } as const);
  return defined({ kind: 'file' as const, source, name: stringOf(part.filename) });
}
