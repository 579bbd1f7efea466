// What the doctor may find, in English. The window has the same sentences in its other languages.

const sentences = {
  answered: 'GET /healthz gave {{status}} in {{milliseconds}} ms.',
  noClientKey: 'There is no client key, so programs here need none.',
  keyRejected: '401, as it should be.',
  keyNotRejected: 'The answer was {{status}} instead of 401.',
  listFailed: 'The list of models was answered with {{status}}.',
  models: 'Models listed: {{number}}.',
  corsPresent: 'CORS headers present.',
  corsMissing: 'CORS headers are missing.',
  made: 'It does not exist yet and is made when needed.',
  notWritable: 'It may not be written. Change its permissions.',
  writable: 'It can be written.',
  noNotices: 'Nothing to tell.',
  notices: 'Look at: {{paths}}.',
  setAside: 'Could not be read and was set aside: {{file}}.',
  unreadable: 'Could not be read, and the program does without it: {{file}}.',
  historyUnavailable: 'Requests are not recorded, and keys with limits are not served: {{reason}}.',
  portFree: 'Free.',
  portOfLogin: 'Held by a login that is going on.',
  portHeldBy: 'Held by “{{name}}”, process {{pid}}. Sign-in still works by pasting the address.',
  portHeld: 'Held by another program. Sign-in still works by pasting the address.',
  noProxy: 'None is set.',
  proxyReached: '{{proxy}} can be reached.',
} as const;

export type FindingName = keyof typeof sentences;

/** With `{{name}}` where a value of that name is put in. */
export const findings: Readonly<Record<FindingName, string>> = sentences;

export interface Finding {
  readonly name: FindingName;
  readonly values: Readonly<Record<string, string | number>>;
}

export function findingSentence({ name, values }: Finding): string {
  return findings[name].replace(/\{\{(\w+)\}\}/g, (_, value: string) => String(values[value]));
}
