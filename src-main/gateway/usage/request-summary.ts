// A finished request in the words of the log: which model, by whom, and what went wrong.
import type { Outcome } from '../request/request-context.ts';

const maxLength = 400;

/** `claude-sonnet-5 by claude name@example.com.json`, and after a colon why it failed. One line, whatever a client sent. */
export function summaryOf({ model, candidate, error, failed }: Outcome): string {
  const by = candidate === undefined ? '' : ` by ${candidate.credential.label}`;
  const summary = `${model}${by}${failed && error !== undefined ? `: ${error.message}` : ''}`;
  const line = summary.slice(0, maxLength).replaceAll(/\p{Cc}+/gu, ' ');
  return summary.length > maxLength ? `${line}…` : line;
}
