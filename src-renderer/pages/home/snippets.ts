// Lines to paste into a terminal.

export interface Snippet {
  readonly name: string;
  readonly make: (address: string, key: string | undefined) => string;
}

const variables = (address: string, key: string | undefined): readonly (readonly [string, string])[] => [
  ['OPENAI_BASE_URL', `${address}/v1`],
  ['OPENAI_API_KEY', key ?? 'none'],
  ['ANTHROPIC_BASE_URL', address],
  ['ANTHROPIC_AUTH_TOKEN', key ?? 'none'],
  ['GOOGLE_GEMINI_BASE_URL', address],
  ['GEMINI_API_KEY', key ?? 'none'],
];

/** A request that lists the models, on two lines. */
export const curl = (address: string, key: string | undefined): string =>
  `curl ${address}/v1/models${key === undefined ? '' : ` \\\n  -H "Authorization: Bearer ${key}"`}`;

export const snippets: readonly Snippet[] = [
  { name: 'curl', make: curl },
  {
    name: 'bash',
    make: (address, key) =>
      variables(address, key)
        .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`)
        .join('\n'),
  },
  {
    name: 'PowerShell',
    make: (address, key) =>
      variables(address, key)
        .map(([name, value]) => `$env:${name} = '${value.replaceAll("'", "''")}'`)
        .join('\n'),
  },
];
