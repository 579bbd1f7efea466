// The messages of a chat-completions request as neutral turns.
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import { defined, objectOf, objectsOf, stringOf, textOf } from '../../model/json.ts';
import type { FilePart, Part, TextPart, ToolCallPart, Turn } from '../../model/request.ts';
import type { DecodeRequestContext } from '../format.ts';
import { readBlock } from '../messages/decode-content.ts';
import { instructionTurn } from '../shared/instructions.ts';
import { sourceFromUrl } from '../shared/sources.ts';
import { callSignature } from './extra-content.ts';

export function readMessages(messages: readonly JsonObject[], { dropped }: DecodeRequestContext) {
  const system: TextPart[] = [];
  const turns: Turn[] = [];
  let functionCalls = 0;
  for (const [index, message] of messages.entries()) {
    const { role, content } = message;
    if (role === 'system' || role === 'developer') {
      const texts = readParts(content, `messages[${index}]`, dropped).filter((part) => part.kind === 'text');
      if (turns.length === 0) system.push(...texts);
      else turns.push(instructionTurn(texts));
    } else if (role === 'tool' || role === 'function') {
      const parts = readParts(content, `messages[${index}]`, dropped).filter(
        (part) => part.kind === 'text' || part.kind === 'image' || part.kind === 'file',
      );
      const callId = role === 'tool' ? textOf(message.tool_call_id) : `call_function_${functionCalls}`;
      turns.push({ role: 'user', parts: [{ kind: 'tool-result', callId, parts }] });
    } else if (role === 'assistant') {
      if (isObject(message.function_call)) functionCalls += 1;
      turns.push({
        role,
        parts: readAssistant(message, `call_function_${functionCalls}`, `messages[${index}]`, dropped),
      });
    } else turns.push({ role: 'user', parts: readParts(content, `messages[${index}]`, dropped) });
  }
  return { system, turns };
}

function readAssistant(
  message: JsonObject,
  functionId: string,
  path: string,
  dropped: DecodeRequestContext['dropped'],
): readonly Part[] {
  const parts: Part[] = [];
  const reasoning = textOf(message.reasoning_content) || textOf(message.reasoning);
  if (reasoning !== '') parts.push({ kind: 'thinking', text: reasoning });
  parts.push(...readParts(message.content, path, dropped));
  if (textOf(message.refusal) !== '') parts.push({ kind: 'refusal', text: textOf(message.refusal) });
  for (const call of objectsOf(message.tool_calls)) parts.push(readCall(call));
  if (isObject(message.function_call)) parts.push(readCall({ id: functionId, function: message.function_call }));
  return parts;
}

function readCall(call: JsonObject): ToolCallPart {
  const custom = call.type === 'custom';
  const inner = objectOf(custom ? call.custom : call.function);
  const args = custom ? inner.input : inner.arguments;
  return defined({
    kind: 'tool-call' as const,
    id: textOf(call.id),
    name: textOf(inner.name),
    args: isObject(args) ? JSON.stringify(args) : textOf(args),
    variant: custom ? ('custom' as const) : ('function' as const),
    signature: callSignature(call),
  });
}

function readParts(content: unknown, path: string, dropped: DecodeRequestContext['dropped']): readonly Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  return objectsOf(content).flatMap((part, index): readonly Part[] => {
    const cache = part.cache_control;
    const mark = cache === undefined ? {} : { cache };
    switch (part.type) {
      case 'text':
      case 'input_text':
      case 'output_text':
        return [{ kind: 'text', text: textOf(part.text), ...mark }];
      case 'refusal':
        return [{ kind: 'refusal', text: textOf(part.refusal) }];
      case 'image_url': {
        const image = isObject(part.image_url) ? part.image_url : { url: part.image_url };
        return [
          {
            ...defined({
              kind: 'image' as const,
              source: sourceFromUrl(textOf(image.url)),
              detail: stringOf(objectOf(image).detail),
            }),
            ...mark,
          },
        ];
      }
      case 'input_audio': {
        const audio = objectOf(part.input_audio);
        return [{ kind: 'audio', mime: `audio/${textOf(audio.format) || 'wav'}`, data: textOf(audio.data) }];
      }
      case 'file':
        return [readFile(objectOf(part.file))];
      // Some clients write the blocks and tools of Messages when the model is a Claude.
      case 'tool_use':
      case 'tool_result':
      case 'thinking':
      case 'redacted_thinking':
      case 'image':
      case 'document':
        return readBlock(part, `${path}.content[${index}]`, dropped);
      default:
        dropped.add('fatal', `${path}.content[${index}]`, `parts of type ${String(part.type)} cannot be carried over`);
        return [];
    }
  });
}

function readFile(file: JsonObject): FilePart {
  const name = stringOf(file.filename);
  const data = stringOf(file.file_data);
  const source =
    data === undefined
      ? ({ kind: 'upload', id: textOf(file.file_id), issuer: 'openai' } as const)
      : sourceFromUrl(data.startsWith('data:') ? data : `data:application/pdf;base64,${data}`);
  return { kind: 'file', source, ...(name === undefined ? {} : { name }) };
}
