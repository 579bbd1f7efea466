// One change of a settings file, with what is needed to take it back from a text that has changed since.
import { z } from 'zod';
import type { Steps } from './steps.ts';

const step = z.union([z.string(), z.object({ find: z.record(z.string(), z.unknown()) })]);

export const operationSchema = z.object({
  kind: z.enum(['insert', 'replace', 'remove']),
  steps: z.array(step),
  /** What was written; absent for a removal. */
  value: z.unknown().optional(),
  /** What stood there; absent for an insertion. */
  old: z.unknown().optional(),
  /** Whether the program writes another value itself, which then goes as ours would. */
  volatile: z.literal(true).optional(),
  /** The text of the value that was replaced. */
  raw: z.string().optional(),
  /** From where the splices count: the start of this member, or its end. */
  anchor: z.object({ steps: z.array(step), edge: z.enum(['start', 'end']) }),
  /** In the text after the change. */
  splices: z.array(z.object({ at: z.int(), old: z.string(), text: z.string() })),
});
export type Operation = z.output<typeof operationSchema>;

/** A value to write, or with `undefined` to take out. Objects are merged into what is there. */
export interface Assignment {
  readonly steps: Steps;
  readonly value: unknown;
  /** Of a plain value that is added: the program writes another one by itself. */
  readonly volatile?: true;
}
