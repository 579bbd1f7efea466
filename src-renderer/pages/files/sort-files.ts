// The order of the account files, by any column.
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';

export interface Sorting {
  readonly by: 'name' | 'email' | 'type' | 'state' | 'size' | 'modified' | 'lastUsed';
  readonly down: boolean;
}

const sortKeys: Readonly<Record<Sorting['by'], (file: AccountFile) => string | number>> = {
  name: (file) => file.name.toLowerCase(),
  email: (file) => file.email.toLowerCase(),
  type: (file) => file.type,
  state: (file) => (file.disabled ? 'z' : file.status),
  size: (file) => file.size,
  modified: (file) => Date.parse(file.modtime),
  lastUsed: (file) => Date.parse(file.last_used) || 0,
};

export function sortFiles(files: readonly AccountFile[], { by, down }: Sorting): readonly AccountFile[] {
  const keyOf = sortKeys[by];
  const sign = down ? -1 : 1;
  return files
    .map((file) => ({ file, key: keyOf(file) }))
    .sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0))
    .map(({ file }) => file);
}
