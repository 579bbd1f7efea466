import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formats } from '../../../src-main/gateway/formats/formats.ts';
import { openTranslation, readRequest } from '../../../src-main/gateway/formats/translation.ts';
import { DroppedFields } from '../../../src-main/gateway/model/dropped-fields.ts';
import { normalizeTurns } from '../../../src-main/gateway/model/normalize-turns.ts';
import { SignatureCache } from '../../../src-main/gateway/model/reasoning/signature-cache.ts';
import type { Request } from '../../../src-main/gateway/model/request.ts';
import { requestFaults, viewRequest } from '../../conformance/gateway/formats.mjs';
import { anyRequest, expressible } from '../support/arbitrary-requests.ts';
import { type ClientForm, clientFormats, counter, crossPairs, target } from '../support/translations.ts';

const encode = (format: ClientForm, request: Request): unknown =>
  formats[format].encodeRequest(request, {
    target: target({ model: 'm', stream: request.stream }),
    dropped: new DroppedFields(),
  });

const decode = (format: ClientForm, body: unknown, stream: boolean): Request =>
  readRequest(formats[format], body, { ...(format === 'gemini' ? { model: 'm', stream } : {}), newId: counter() })
    .request;

/** The same conversation, however it was cut into messages. */
const normal = (request: Request): Request => {
  const { streamUsage, ...rest } = normalizeTurns(request, new DroppedFields(), { userFirst: true });
  // Response formats and functions have a strictness and a name only in some formats.
  const output =
    rest.output?.kind === 'schema' ? { output: { kind: 'schema' as const, schema: rest.output.schema } } : {};
  const tools = rest.tools.map((tool) =>
    tool.kind === 'function'
      ? { kind: tool.kind, name: tool.name, description: tool.description, schema: tool.schema }
      : tool,
  );
  const turns = rest.turns.map(({ role, parts }) => ({
    role,
    parts: parts.map((part) => (part.kind === 'image' ? { kind: part.kind, source: part.source } : part)),
  }));
  return { ...rest, ...output, tools: tools as Request['tools'], turns };
};

describe.each(clientFormats)('%s', (format) => {
  test('a request written and read again is the same, as far as the format can express it', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const given = normal(expressible(format, request));
        const again = decode(format, encode(format, given), given.stream);
        const strip = (one: Request): Request => ({
          ...one,
          turns: one.turns.map(({ role, parts }) => ({
            role,
            parts: parts.map((part) =>
              part.kind === 'tool-result'
                ? {
                    ...part,
                    parts: part.parts.map((inner) =>
                      inner.kind === 'image' ? { kind: inner.kind, source: inner.source } : inner,
                    ),
                  }
                : part,
            ),
          })),
        });
        expect(strip(normal(again))).toEqual(strip(given));
      }),
    );
  });
});

describe.each(crossPairs)('$client > $upstream', ({ client, upstream }) => {
  test('any request is one that the service accepts, with the same turns', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const given = expressible(client, request);
        const read = decode(
          client,
          encode(client, normalizeTurns(given, new DroppedFields(), { userFirst: false })),
          given.stream,
        );
        const { body } = openTranslation(read, {
          client: formats[client],
          upstream: formats[upstream],
          target: target({ stream: read.stream }),
          model: 'm',
          newId: counter(),
          created: 0,
          signatures: new SignatureCache(),
        });
        expect(requestFaults(upstream, body)).toEqual([]);
        const view = viewRequest(upstream, '/v1beta/models/m:generateContent', body) as {
          turns: { role: string; parts: { call?: unknown; text?: string }[] }[];
        };
        const spoken = (role: string): string =>
          view.turns
            .filter((turn) => turn.role === role)
            .flatMap(({ parts }) => parts.map((part) => part.text ?? ''))
            .join('');
        const meant = (role: string): string =>
          given.turns
            .filter((turn) => turn.role === role)
            .flatMap(({ parts }) => parts.map((part) => (part.kind === 'text' ? part.text : '')))
            .join('');
        expect(spoken('user')).toBe(meant('user'));
        expect(spoken('assistant')).toBe(meant('assistant'));
      }),
      { numRuns: 60 },
    );
  });
});
