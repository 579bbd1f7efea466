// The messages of a Messages request as neutral turns.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { objectOf, objectsOf, stringOf, textOf } from '../../model/json.ts';
import type { FilePart, ImagePart, Part, Source, TextPart, ToolResultPart, Turn } from '../../model/request.ts';
import { isOwnSearch } from './built-in-tools/searches.ts';

export function readTurn(message: JsonObject, path: string, dropped: DroppedFields): readonly Turn[] {
  // Claude Code's remarks between turns are no rules: to models that take no such messages it says them as the user.
  if (message.role === 'system') return [{ role: 'user', parts: texts(message.content) }];
  return [
    { role: message.role === 'assistant' ? 'assistant' : 'user', parts: readContent(message.content, path, dropped) },
  ];
}

export const mark = (block: JsonObject): { readonly cache?: unknown } =>
  isObject(block.cache_control) ? { cache: block.cache_control } : {};

export const texts = (content: unknown): readonly TextPart[] =>
  typeof content === 'string'
    ? content === ''
      ? []
      : [{ kind: 'text', text: content }]
    : objectsOf(content).map((block) => ({ kind: 'text', text: textOf(block.text), ...mark(block) }));

function readContent(content: unknown, path: string, dropped: DroppedFields): readonly Part[] {
  if (!Array.isArray(content)) return texts(content);
  return objectsOf(content).flatMap((block, index) => readBlock(block, `${path}.content[${index}]`, dropped));
}

/** A block of a message; clients of other formats write some of them, too. */
export function readBlock(block: JsonObject, path: string, dropped: DroppedFields): readonly Part[] {
  switch (block.type) {
    case 'thinking':
      return [{ kind: 'thinking', text: textOf(block.thinking), ...signed(block.signature) }];
    case 'redacted_thinking':
      return [{ kind: 'thinking', text: '', redacted: true, ...signed(block.data) }];
    case 'tool_use':
      return [
        {
          kind: 'tool-call',
          id: textOf(block.id),
          name: textOf(block.name),
          args: JSON.stringify(objectOf(block.input)),
          variant: 'function',
          ...mark(block),
        },
      ];
    case 'tool_result':
      return [readResult(block, path, dropped)];
    default:
      return readPlain(block, path, dropped);
  }
}

const signed = (value: unknown) =>
  typeof value === 'string' && value !== '' ? { signature: { issuer: 'anthropic' as const, value } } : {};

/** The blocks that may also stand inside a tool result. */
function readPlain(
  block: JsonObject,
  path: string,
  dropped: DroppedFields,
): readonly (TextPart | ImagePart | FilePart)[] {
  switch (block.type) {
    case 'text':
      return [{ kind: 'text', text: textOf(block.text), ...mark(block) }];
    case 'image':
      return [{ kind: 'image', source: readSource(objectOf(block.source)), ...mark(block) }];
    case 'document':
      return readDocument(block);
    // What a search for tools found; their definitions are among the tools of the request.
    case 'tool_reference':
      return [{ kind: 'text', text: `Tool found: ${textOf(block.tool_name)}` }];
    case 'search_result':
      return [
        {
          kind: 'text',
          text: [textOf(block.title), textOf(block.source), ...texts(block.content).map(({ text }) => text)]
            .filter(Boolean)
            .join('\n'),
        },
      ];
    default:
      dropped.add(
        isOwnSearch(block) ? 'info' : 'warn',
        path,
        `blocks of type ${String(block.type)} cannot be carried over`,
      );
      return [];
  }
}

function readDocument(block: JsonObject): readonly (TextPart | ImagePart | FilePart)[] {
  const source = objectOf(block.source);
  if (source.type === 'content')
    return typeof source.content === 'string' ? texts(source.content) : readInner(source.content);
  const name = stringOf(block.title);
  return [{ kind: 'file', source: readSource(source), ...(name === undefined ? {} : { name }), ...mark(block) }];
}

const readInner = (content: unknown): readonly (TextPart | ImagePart)[] =>
  objectsOf(content).map((block) =>
    block.type === 'image'
      ? { kind: 'image', source: readSource(objectOf(block.source)) }
      : { kind: 'text', text: textOf(block.text) },
  );

function readSource(source: JsonObject): Source {
  if (source.type === 'url') return { kind: 'url', url: textOf(source.url) };
  if (source.type === 'file') return { kind: 'upload', id: textOf(source.file_id), issuer: 'anthropic' };
  if (source.type === 'text') return { kind: 'text', text: textOf(source.data) };
  return { kind: 'base64', mime: textOf(source.media_type), data: textOf(source.data) };
}

function readResult(block: JsonObject, path: string, dropped: DroppedFields): ToolResultPart {
  const content = block.content;
  const parts = Array.isArray(content)
    ? objectsOf(content).flatMap((inner) => readPlain(inner, path, dropped))
    : texts(content);
  return {
    kind: 'tool-result',
    callId: textOf(block.tool_use_id),
    parts,
    ...(block.is_error === true ? { isError: true } : {}),
    ...mark(block),
  };
}
