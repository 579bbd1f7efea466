// What the rules of all lists of provider entries have in common.

/** What one list of entries does on load and on a write. */
export interface EntryRules<E> {
  /** How the list reads once loaded. */
  readonly load: (entries: readonly E[]) => readonly E[];
  /** How new and changed entries are written. */
  readonly write: (entries: readonly E[]) => readonly E[];
  /** Whether a PATCH value means "delete this entry". */
  readonly deletes: (value: E) => boolean;
  /** Whether a PATCH value replaces the entry, rather than being merged into it. */
  readonly replaces: (value: E) => boolean;
  readonly identity: (entry: E) => string;
  /** How a selector is compared with an identity. */
  readonly selector: (text: string) => string;
  /** Whether deleting a key that is not there is an error. */
  readonly missingIsError: boolean;
}

export const trimmed = (value: string | undefined): string => (value ?? '').trim();

export const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

export const hasBlankBaseUrl = (value: { readonly 'base-url'?: string | undefined }): boolean =>
  trimmed(value['base-url']) === '';

/** `entry` without the named fields that are empty strings. */
export function withoutBlank<T extends Record<string, unknown>>(entry: T, names: readonly (keyof T & string)[]): T {
  return Object.fromEntries(
    Object.entries(entry).filter(([key, value]) => !(value === '' && names.includes(key))),
  ) as unknown as T;
}
