// How IPC answers a call: Electron's own error transport keeps only a message, so replies are values.
import type { Actor } from '../../src-shared/operation.ts';
import { Problem, type Reply } from '../../src-shared/problem.ts';
import type { Receive } from './dispatch.ts';

/** Never rejects. What is not a `Problem` goes to `onUnexpected` and crosses as `internal`, without its details. */
export async function answer(
  receive: Receive,
  name: unknown,
  input: unknown,
  actor: Actor,
  onUnexpected: (error: unknown) => void,
): Promise<Reply<unknown>> {
  try {
    if (typeof name !== 'string') throw new Problem('unknown_operation');
    return { ok: true, value: await receive(name, input, actor) };
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem('internal');
    if (problem !== error) onUnexpected(error);
    return { ok: false, code: problem.code, message: problem.message };
  }
}
