// What every language says of each setting.
import type { SettingPath } from '../../src-shared/settings.ts';

interface SettingText {
  readonly name: string;
  /** One or two sentences, shown under the name, in the config form and in the YAML editor. */
  readonly help: string;
}

/** A row of `src-shared/settings.ts` without texts does not compile in the file of the language that lacks them. */
export type SettingTexts = Readonly<Record<SettingPath, SettingText>>;
