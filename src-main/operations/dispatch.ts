// The only door to the program's operations: finds the row, checks the input, calls the handler.
import type { Actor, Implementation, Row, Rows } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';

/** Runs an operation by name. Throws a `Problem` for what is expected to go wrong. */
export type Dispatch = (name: string, input: unknown, actor: Actor) => Promise<unknown>;

type Handler = (input: unknown, actor: Actor) => unknown;

export function createDispatch<C extends Rows>(contract: C, handlers: Implementation<C>): Dispatch {
  return async (name, input, actor) => {
    const row: Row | undefined = Object.hasOwn(contract, name) ? contract[name] : undefined;
    if (row === undefined) throw new Problem('unknown_operation');
    const parsed = row.input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const place = issue?.path.join('.') || 'the input';
      throw new Problem('invalid_body', `${place}: ${issue?.message ?? 'not as expected'}`, { cause: parsed.error });
    }
    return (handlers as Readonly<Record<string, Handler>>)[name]?.(parsed.data, actor);
  };
}
