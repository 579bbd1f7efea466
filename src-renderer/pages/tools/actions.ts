// What is done with tools, and what is said of it.
import type { Agent } from '../../../src-shared/contract/agents.ts';
import { duration } from '../../components/format.ts';
import { toastDone, toastFailed } from '../../components/toast.tsx';
import { text } from '../../i18n/i18n.ts';
import { call, invalidate } from '../../state/client.ts';
import { createStore } from '../../state/store.ts';
import type { OperationOutput } from '../../transport/transport.ts';

export type Verification = OperationOutput<'agents.verify'>;

/** Ids of the tools that are being verified. */
export const verifyingStore = createStore<ReadonlySet<string>>(new Set());

/** Why a tool was not answered through the gateway, as sentences. */
export function failureOf(name: string, { outcome, cause, variables }: Verification): string {
  if (outcome === 'answered') return '';
  const sentence = text(`tools.outcomes.${outcome}`, { name, cause });
  if (variables.length === 0) return sentence;
  return `${sentence} ${text('tools.outcomes.variables', { names: variables.join(', ') })}`;
}

export function toastWorks(name: string, { model, milliseconds }: Verification): void {
  toastDone({
    title: text('tools.drawer.works', { name }),
    detail: text('tools.drawer.worksNote', { model, time: duration(milliseconds) }),
  });
}

/** Has the tool ask for one short answer. It may take a while: the row says so meanwhile. */
export async function runVerification(id: string): Promise<Verification> {
  verifyingStore.set(new Set(verifyingStore.get()).add(id));
  try {
    return await call('agents.verify', { id });
  } finally {
    const others = new Set(verifyingStore.get());
    others.delete(id);
    verifyingStore.set(others);
    await invalidate('agents.list');
  }
}

export async function verify({ id, name }: Agent): Promise<void> {
  const failure = text('tools.verifyFailed', { name });
  try {
    const result = await runVerification(id);
    if (result.outcome === 'answered') toastWorks(name, result);
    else toastFailed(failure, new Error(failureOf(name, result)));
  } catch (error) {
    toastFailed(failure, error);
  }
}
