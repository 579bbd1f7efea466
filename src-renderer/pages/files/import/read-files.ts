// What dropped or chosen files are, before anything of them is saved.
import { isObject, parseJson } from '../../../../src-shared/json.ts';
import { providerOfType, signInProviders } from '../../../../src-shared/providers.ts';
import { text } from '../../../i18n/i18n.ts';

/** Files that are taken at once. */
export const maxFiles = 10_000;
/** As the program reads them. */
const maxFileBytes = 4 * 1024 * 1024;

/** A file whose content can be saved, or why it cannot. */
export type ReadFile = {
  readonly name: string;
  /** The provider and whose account it is, as far as the file says. */
  readonly what: string;
} & ({ readonly content: string } | { readonly reason: string });

/** Never rejects: one that cannot be read says so. */
export async function readFile(file: File): Promise<ReadFile> {
  const { name } = file;
  const refused = (reason: string, what = ''): ReadFile => ({ name, what, reason });
  if (!name.toLowerCase().endsWith('.json')) return refused(text('files.import.notJson'));
  if (file.size > maxFileBytes) return refused(text('files.import.tooLarge'));
  let content: string;
  try {
    content = await file.text();
  } catch {
    // A directory, or a file that is gone.
    return refused(text('files.import.notRead'));
  }
  const fields = parseJson(content);
  if (!isObject(fields)) return refused(text('files.import.notObject'));
  const type = typeof fields.type === 'string' ? fields.type.trim() : '';
  if (type === '') return refused(text('files.import.noType'));
  const email = typeof fields.email === 'string' ? fields.email.trim() : '';
  const provider = providerOfType(signInProviders, type)?.title ?? type;
  return { name, what: [provider, email].filter(Boolean).join(', '), content };
}
