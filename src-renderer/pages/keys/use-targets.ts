// What patterns of a policy can match: the models that clients can ask for, and who can answer them.
import { fitsPattern } from '../../../src-shared/name-pattern.ts';
import { compatibleList, keyListNames } from '../../../src-shared/providers.ts';
import { useRead } from '../../state/client.ts';

export const matching = (names: readonly string[], patterns: readonly string[]): readonly string[] =>
  names.filter((name) => patterns.some((pattern) => fitsPattern(name, pattern.trim())));

export interface Targets {
  readonly models: readonly string[];
  /** Names of account files, of compatible providers, and of the lists of keys that have any. */
  readonly sources: readonly string[];
}

export function useTargets(): Targets {
  const models = useRead('models.list').data?.models ?? [];
  const files = useRead('auth-files.list').data?.files ?? [];
  const config = useRead('config.get').data;
  const lists = config === undefined ? [] : keyListNames.filter((list) => config[list].length > 0);
  const providers = config?.[compatibleList].flatMap(({ name }) => name ?? []) ?? [];
  const accounts = files.map(({ name }) => name.replace(/\.json$/i, ''));
  return { models, sources: [...new Set([...providers, ...lists, ...accounts])] };
}
