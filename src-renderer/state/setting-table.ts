// The settings as the window knows them. The file is made from `src-shared/settings.ts` by `npm run generate`.
import type { SettingDescription } from '../../src-shared/setting-descriptions.ts';
import type { SettingPath } from '../../src-shared/settings.ts';
import table from '../generated/settings.json' with { type: 'json' };

/** A row of the program's own table, whose texts are therefore known. */
export type KnownSetting = SettingDescription & { readonly path: SettingPath };

// JSON keeps no literal types; the test of the generated files keeps it equal to the table.
export const settingTable = table as readonly KnownSetting[];
