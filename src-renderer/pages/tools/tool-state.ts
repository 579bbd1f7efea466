// What is said of a tool: its state as an icon and words, and what it uses.
import type { Agent } from '../../../src-shared/contract/agents.ts';
import type { Status } from '../../components/status-icon.tsx';
import type { Text } from '../../i18n/i18n.ts';

const statuses: Readonly<Record<Agent['state'], Status>> = {
  configured: 'ok',
  changed: 'warn',
  stale: 'warn',
  invalid: 'error',
  absent: 'off',
};

export const stateOf = (t: Text, { support, state }: Agent): readonly [Status, string] =>
  support === 'file' ? [statuses[state], t(`tools.states.${state}`)] : ['off', t(`tools.states.${support}`)];

export function usesOf(t: Text, { support, state, message, files, slots }: Agent): string {
  if (support === 'environment') return t('tools.environmentNote');
  if (support === 'by-hand') return t('tools.byHandNote');
  if (support === 'none') return t('tools.noneAbout');
  const models = [...new Set(slots.map(({ model }) => model))].filter((model) => model !== '');
  switch (state) {
    case 'configured':
      return models.length === 0 ? t('tools.usesGateway') : t('tools.usesModels', { models: models.join(', ') });
    case 'changed':
      return t('tools.changedKeys', { keys: message });
    case 'stale':
      return t('tools.stale');
    case 'invalid':
      return message;
    case 'absent':
      return t(files.some(({ exists }) => exists) ? 'tools.usesOwn' : 'tools.noFile');
  }
}

/** Something else has happened to what was set up. */
export const needsPerson = ({ state }: Agent): boolean => state === 'changed' || state === 'stale';

const order: readonly Agent['state'][] = ['invalid', 'changed', 'stale', 'configured', 'absent'];
/** What needs the person first, then what is set up, then what could be. */
export const byNeed = (a: Agent, b: Agent): number => {
  const rank = ({ support, state }: Agent) => (support === 'file' ? order.indexOf(state) : order.length);
  return rank(a) - rank(b);
};

/** Two letters that stand for the tool: the first of two words, or of one. */
export function markOf(name: string): string {
  const [first = '', second = ''] = name.split(/[ -]/);
  const capitals = /^[A-Z][a-z]+([A-Z])/.exec(name)?.[1];
  return (first[0] ?? '').toUpperCase() + (second[0]?.toUpperCase() ?? capitals ?? first[1] ?? '');
}

/** A path with `~` for the home directory, as far as it can be told from the path itself. */
export const shortPath = (file: string): string =>
  file.replace(/^(?:\/home\/[^/]+|\/Users\/[^/]+|\/root|[A-Za-z]:\\Users\\[^\\]+)(?=[\\/])/, '~');
