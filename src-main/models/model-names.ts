// The names of models as hosts spell them, and the family and version that a name tells.

/** Of a name that is longer nothing is known: names come from clients. */
const maxLength = 200;

/** The vendor's own name: without the host's path, region and mark, in small letters. `undefined`: no name at all. */
export function bareModelName(name: string): string | undefined {
  if (name.length > maxLength) return undefined;
  const last = name.trim().toLowerCase().split('/').at(-1) ?? '';
  const plain = last
    .replace(/^ft:/, '')
    .replace(/^(?:[a-z]{2,6}\.)?(?:anthropic|openai|google|deepseek|mistral|moonshotai|moonshot|zai|xai|qwen)\./, '')
    .replace(/-v\d+:\d+$/, '')
    .split(':', 1)[0];
  return plain?.replace(/\[[^[\]]*\]$/, '').replace('@', '-');
}

export interface ModelFamily {
  /** The words of a name that are no versions: `gpt`, `mini`. */
  readonly words: readonly string[];
  readonly version: readonly number[];
}

const releaseWords = new Set(['latest', 'preview', 'exp', 'experimental', 'beta', 'customtools']);
const isDate = (part: string): boolean => /^\d{4,}$/.test(part);
const versionPart = /^([a-z]?)(\d{1,3}(?:\.\d{1,3})*)$/;

/** `gpt-5.1-mini-2026-01-31` → gpt, mini at 5.1. Dates and words such as `latest` say nothing about it. */
export function familyOf(name: string): ModelFamily {
  const words: string[] = [];
  const version: number[] = [];
  let dated = false;
  for (const part of name.split('-')) {
    // What follows a date (month and day) belongs to it.
    dated ||= isDate(part);
    const [, letter, digits] = versionPart.exec(part) ?? [];
    if (digits !== undefined) {
      if (dated) continue;
      if (letter) words.push(letter);
      version.push(...digits.split('.').map(Number));
    } else if (!isDate(part) && !releaseWords.has(part)) words.push(part);
  }
  return { words, version };
}

/** Negative when the first is older. */
export function compareVersions(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
