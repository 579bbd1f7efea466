const units: Readonly<Record<string, string>> = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days', w: 'weeks' };

const words: Readonly<Record<string, string>> = {
  requests: 'Requests',
  tokens: 'Tokens',
  'input-tokens': 'Input tokens',
  'output-tokens': 'Output tokens',
  'retry-after': 'Pause',
};

/** A window for people, in English: `5 hours`, `7 days (oi)`, `Requests`. */
export function limitLabel(id: string): string {
  const known = words[id];
  if (known !== undefined) return known;
  const parts = id.split('-');
  const [, count, unit = '', after = ''] = /^(\d+)([smhdw])(?:_(.*))?$/.exec(parts.pop() ?? '') ?? [];
  if (count === undefined) return id;
  const length = `${count} ${units[unit]}`;
  const family = parts.join('-') || after;
  return family === '' ? length : `${length} (${family})`;
}
