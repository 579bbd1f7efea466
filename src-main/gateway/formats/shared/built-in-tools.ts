// Tools that the services run themselves. Each format says how it asks for them; here is what they are called.

/** What formats call a tool, in all its dated spellings. Only these tools are translated. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/^(web_search(_preview)?(_\d[\d_]*)?|googleSearch|google_search)$/, 'web_search'],
  [/^(code_execution(_\d+)?|code_interpreter|codeExecution)$/, 'code_execution'],
];

/** Our name of a service's tool; the service's own when we know no other. */
export const builtInName = (word: string): string => spellings.find(([pattern]) => pattern.test(word))?.[1] ?? word;
