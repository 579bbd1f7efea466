// The only entry to the program's operations: finds the row, checks the input, calls the handler.
import type { Actor, Implementation, Input, Output, Rows } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';

/** Runs an operation from inside the program. Rejects with a `Problem` for what is expected to go wrong. */
export type Dispatch<C extends Rows> = <N extends keyof C & string>(
  name: N,
  input: Input<C[N]>,
  actor: Actor,
) => Promise<Output<C[N]>>;

/** Runs an operation that a client has named. Rejects with Problem `unknown_operation` where there is none. */
export type Receive = (name: string, input: unknown, actor: Actor) => Promise<unknown>;

/** The two ways to the same operations. */
export interface Operations<C extends Rows> {
  /** For callers inside the program: name, input and output are those of the contract. */
  readonly dispatch: Dispatch<C>;
  /** For transports: name and input come from outside. */
  readonly receive: Receive;
}

/** Schemas drop a field of this name without a word, so that what a caller meant to store would be lost. */
const lostName = '__proto__';

/** Throws Problem `invalid_value` where anything in the input has such a name. */
function rejectLostNames(input: unknown): void {
  const unseen = [input];
  while (unseen.length > 0) {
    const value = unseen.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, lostName))
      throw new Problem('invalid_value', `${lostName} cannot be the name of anything.`);
    // Not spread: a list may have more items than a call can have arguments.
    for (const part of Object.values(value)) unseen.push(part);
  }
}

type Handler = (input: unknown, actor: Actor) => unknown;

export function createOperations<C extends Rows>(contract: C, handlers: Implementation<C>): Operations<C> {
  const receive: Receive = async (name, input, actor) => {
    const row = Object.hasOwn(contract, name) ? contract[name] : undefined;
    if (row === undefined) throw new Problem('unknown_operation');
    rejectLostNames(input);
    const parsed = row.input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const field = issue?.path.join('.') || 'the input';
      throw new Problem('invalid_body', `${field}: ${issue?.message ?? 'not as expected'}`, { cause: parsed.error });
    }
    // The handler takes what its row's schema gives: the two belong together by the type of `handlers`.
    return (handlers[name] as Handler)(parsed.data, actor);
  };
  return { receive, dispatch: receive as Dispatch<C> };
}
