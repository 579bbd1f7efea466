// Which names an account file may have.
import { Problem } from '../../src-shared/problem.ts';
import { isInFolder, isJsonName, isPortableName } from '../lib/files/file-name.ts';

/** Throws Problem `invalid_name` or `name_not_json` unless an account file of this name can exist. */
export function requireAccountName(name: string): void {
  if (name === '' || /[/\0]/.test(name)) throw new Problem('invalid_name');
  if (!isJsonName(name)) throw new Problem('name_not_json');
  if (!isInFolder(name)) throw new Problem('invalid_name');
}

/** Throws Problem `invalid_name` or `name_not_json` unless an account file of this name may be created. */
export function requireNewAccountName(name: string): void {
  if (!isPortableName(name)) throw new Problem('invalid_name');
  if (!isJsonName(name)) throw new Problem('name_not_json');
}
