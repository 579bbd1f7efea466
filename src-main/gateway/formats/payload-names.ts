// The names that rules of `payload` give formats.

/** How rules name a format where it is the upstream's, and where it is the client's. */
export interface PayloadNames {
  readonly upstream: 'openai' | 'claude' | 'gemini' | 'codex';
  readonly client: 'openai' | 'responses' | 'claude' | 'gemini';
}

const otherNames: Readonly<Record<string, string>> = {
  response: 'responses',
  'openai-response': 'responses',
  'openai-responses': 'responses',
};

/** Whether a name in a rule means this format; a blank one means every format. */
export function meansFormat(written: string | undefined, name: string): boolean {
  const wanted = (written ?? '').trim().toLowerCase();
  return wanted === '' || (otherNames[wanted] ?? wanted) === name;
}
