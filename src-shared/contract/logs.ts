// The log and request log files.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { present } from '../wire.ts';

const file = z.object({ name: z.string(), size: z.number(), modified: z.number() });
const textFile = (output: { readonly content: string }) => ({
  type: 'text/plain; charset=utf-8',
  body: output.content,
});

/** A positive whole number in a query; anything else counts as absent. */
const positive = (value: string | undefined) => {
  const number = /^\s*\+?\d+\s*$/.test(value ?? '') ? Number(value) : 0;
  return number > 0 ? number : undefined;
};

export const logsContract = {
  'logs.get': operation({
    summary: 'Log lines, newest last; only those after a time, and at most so many, when asked',
    input: z.object({
      /** Unix seconds; strictly newer lines are returned. */
      after: z.number().optional(),
      limit: z.number().optional(),
    }),
    output: z.object({ lines: z.array(z.string()), 'line-count': z.int(), 'latest-timestamp': z.number() }),
    http: {
      method: 'GET',
      path: '/logs',
      query: ['after', 'limit'],
      decode: ({ query }) => present({ after: positive(query.after), limit: positive(query.limit) }),
    },
  }),
  'recent-log.get': operation({
    summary: 'The last log lines since the start, from memory, whether the log is written to a file or not',
    input: z.undefined(),
    output: z.object({ lines: z.array(z.string()) }),
    http: { method: 'GET', path: '/recent-log' },
  }),
  'logs.clear': operation({
    summary: 'Empty the log and delete rotated files',
    input: z.undefined(),
    output: z.object({
      status: z.literal('ok'),
      success: z.literal(true),
      message: z.string(),
      removed: z.int(),
    }),
    http: { method: 'DELETE', path: '/logs' },
  }),
  'request-error-logs.list': operation({
    summary: 'List the logs of failed requests',
    input: z.undefined(),
    output: z.object({ files: z.array(file) }),
    http: { method: 'GET', path: '/request-error-logs' },
  }),
  'request-error-logs.get': operation({
    summary: 'Read the log of one failed request',
    input: z.object({ name: z.string() }),
    output: z.object({ name: z.string(), content: z.string() }),
    http: {
      method: 'GET',
      path: '/request-error-logs/:name',
      decode: ({ params }) => ({ name: params.name }),
      encode: textFile,
      wireAnswer: z.string(),
    },
  }),
  'request-log-by-id.get': operation({
    summary: 'Read the log of one request by its id',
    input: z.object({ id: z.string() }),
    output: z.object({ name: z.string(), content: z.string() }),
    http: {
      method: 'GET',
      path: '/request-log-by-id/:id',
      decode: ({ params }) => ({ id: params.id }),
      encode: textFile,
      wireAnswer: z.string(),
    },
  }),
};
