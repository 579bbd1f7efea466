// `npm run generate`: writes what is made from the tables of the source: the window's routes and settings, and the
// tables of what is translated between wire formats. `test/generated.test.ts` fails while one of them is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { createContractGroups } from '../src-shared/contract/index.ts';
import { loginNames } from '../src-shared/providers.ts';
import { describeSettings } from '../src-shared/setting-descriptions.ts';
import { settings } from '../src-shared/settings.ts';
import { deriveRoutes } from './derive-routes.ts';
import { providerTable } from './provider-table.ts';
import { withTables } from './support-table.ts';

const root = new URL('..', import.meta.url);
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Contents by file, each made from what stands in the file now. */
export const generated: Readonly<Record<string, (now: string) => string>> = {
  'src-renderer/generated/routes.json': () => json(deriveRoutes(createContractGroups(settings, loginNames))),
  'src-renderer/generated/settings.json': () => json(describeSettings(settings)),
  'src-main/providers/table.ts': providerTable,
  'docs/translation.md': withTables,
};

export const readGenerated = (file: string): string => readFileSync(new URL(file, root), 'utf8');

if (import.meta.main) {
  for (const [file, make] of Object.entries(generated)) {
    writeFileSync(new URL(file, root), make(file.endsWith('.md') ? readGenerated(file) : ''));
  }
}
