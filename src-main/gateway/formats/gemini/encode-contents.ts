// Neutral turns as the contents of a Gemini conversation.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { argumentsOf, defined } from '../../model/json.ts';
import type { Part, ReasoningSignature, Source, ToolResultPart, Turn } from '../../model/request.ts';
import { standIn } from '../shared/google-signatures.ts';

/** Ids that we made up for a Gemini upstream, which had sent none, are kept from it. */
export const ownIdPrefix = 'call_own_';

interface Options {
  readonly signaturesNeeded: boolean;
  readonly dropped: DroppedFields;
}

export function writeContents(turns: readonly Turn[], options: Options): readonly JsonObject[] {
  return turns
    .map(({ role, parts }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: writeParts(parts, options) }))
    .filter(({ parts }) => parts.length > 0);
}

function writeParts(parts: readonly Part[], options: Options): readonly JsonObject[] {
  const firstCall = parts.find((part) => part.kind === 'tool-call');
  const results = parts.filter((part) => part.kind === 'tool-result');
  const written = parts.flatMap((part) =>
    writePart(part, part === firstCall && options.signaturesNeeded, options.dropped),
  );
  // Pictures of results stand behind all results, which must be neighbours.
  const beside = results.flatMap((result) =>
    result.parts.flatMap((part) => (part.kind === 'text' ? [] : writePart(part, false, options.dropped))),
  );
  return [...written.slice(0, results.length), ...beside, ...written.slice(results.length)];
}

const signature = (signature: ReasoningSignature | undefined): JsonObject =>
  signature?.issuer === 'google' ? { thoughtSignature: signature.value } : {};

function writePart(part: Part, mustSign: boolean, dropped: DroppedFields): readonly JsonObject[] {
  switch (part.kind) {
    case 'text':
      return [{ text: part.text, ...signature(part.signature) }];
    case 'refusal':
      return [{ text: part.text }];
    case 'thinking':
      return part.signature?.issuer === 'google' && !part.redacted
        ? [{ text: part.text, thought: true, ...signature(part.signature) }]
        : [];
    case 'tool-call': {
      const id = part.id.startsWith(ownIdPrefix) ? undefined : part.id;
      const signed = signature(part.signature);
      return [
        {
          functionCall: defined({ id, name: part.name, args: argumentsOf(part.args) }),
          ...(mustSign ? { thoughtSignature: standIn } : {}),
          ...signed,
        },
      ];
    }
    case 'tool-result':
      return [writeResult(part)];
    case 'audio':
      return [{ inlineData: { mimeType: part.mime, data: part.data } }];
    case 'image':
      return writeSource(part.source, 'image/jpeg', dropped);
    case 'file':
      return writeSource(part.source, 'application/pdf', dropped);
  }
}

function writeResult({ callId, name, parts, isError }: ToolResultPart): JsonObject {
  const text = parts
    .map((part) => (part.kind === 'text' ? part.text : ''))
    .filter((piece) => piece !== '')
    .join('\n');
  const id = callId.startsWith(ownIdPrefix) ? undefined : callId;
  return {
    functionResponse: defined({ id, name: name ?? '', response: isError ? { error: text } : { output: text } }),
  };
}

const mimeByEnding: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  pdf: 'application/pdf',
  txt: 'text/plain',
};

/** The type of an address is guessed from its ending, since the format demands one. */
function writeSource(source: Source, fallback: string, dropped: DroppedFields): readonly JsonObject[] {
  if (source.kind === 'base64') return [{ inlineData: { mimeType: source.mime, data: source.data } }];
  if (source.kind === 'text') return [{ text: source.text }];
  if (source.kind === 'url') {
    const ending = /\.([a-z]+)(?:[?#]|$)/i.exec(source.url)?.[1]?.toLowerCase() ?? '';
    return [{ fileData: { mimeType: source.mime ?? mimeByEnding[ending] ?? fallback, fileUri: source.url } }];
  }
  dropped.add('fatal', 'turns', 'something uploaded to another service cannot be sent');
  return [];
}
