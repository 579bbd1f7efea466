// The API document, made from the contract.
import { z } from 'zod';
import type { Contract, Operation } from '../../src-shared/operation.ts';
import { problemHeader, problems } from '../../src-shared/problem.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  return rest;
};

const parameters = (row: Operation) => [
  ...[...row.http.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...(row.http.query ?? []).map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } })),
];

function requestBody(row: Operation) {
  const { body = 'none', wireBody = row.input } = row.http;
  if (body === 'none') return {};
  const types =
    body === 'text'
      ? ['application/yaml']
      : body === 'upload'
        ? ['multipart/form-data', 'application/json']
        : ['application/json'];
  const schema = schemaOf(wireBody, 'input');
  const content = Object.fromEntries(types.map((type) => [type, { schema }]));
  return { requestBody: { required: body !== 'json-optional', content } };
}

function describe(operationId: string, row: Operation) {
  const response = row.http.wireAnswer ?? row.output;
  const type = response instanceof z.ZodString ? 'text/plain' : 'application/json';
  return {
    operationId,
    summary: row.summary,
    parameters: parameters(row),
    ...requestBody(row),
    responses: {
      200: { description: 'OK', content: { [type]: { schema: schemaOf(response, 'output') } } },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** OpenAPI 3.1 of every row. `version` is the program's own. */
export function openApiDocument(contract: Contract, prefix: string, version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, row] of Object.entries(contract)) {
    const path = `${prefix}${row.http.path}`.replace(/:(\w+)/g, '{$1}');
    const methods = [row.http.method].flat();
    for (const method of methods) {
      const id = methods.length > 1 && method !== methods[0] ? `${name}.${method.toLowerCase()}` : name;
      paths[path] = { ...paths[path], [method.toLowerCase()]: describe(id, row) };
    }
  }
  paths[`${prefix}/events`] = {
    get: {
      operationId: 'events',
      summary: 'The events of the program as Server-Sent Events; each id is a revision',
      responses: {
        200: { description: 'A stream of events', content: { 'text/event-stream': { schema: { type: 'string' } } } },
      },
    },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'CLI Proxy Desktop management API', version },
    security: [{ bearer: [] }, { managementKey: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        managementKey: { type: 'apiKey', in: 'header', name: 'X-Management-Key' },
      },
      responses: {
        Problem: {
          description: 'A problem, from a closed list',
          headers: { [problemHeader]: { schema: { type: 'string', enum: Object.keys(problems) } } },
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { error: { type: 'string' }, message: { type: 'string' } },
                required: ['error'],
              },
            },
          },
        },
      },
    },
  };
}
