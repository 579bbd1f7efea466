// What the program works with, and what can be done with it: accounts, providers, models, client keys, failed requests.
import type { CompatibilityProvider } from '../../../src-shared/config.ts';
import type { Agent } from '../../../src-shared/contract/agents.ts';
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import type { ClientKey } from '../../../src-shared/contract/client-keys.ts';
import type { ConfigView } from '../../../src-shared/contract/config.ts';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { signInProviders } from '../../../src-shared/providers.ts';
import { copy } from '../../components/copy.tsx';
import { ago } from '../../components/format.ts';
import { hiddenKey, maskEmail, maskKey } from '../../components/mask.ts';
import type { Text } from '../../i18n/i18n.ts';
import { isEnded } from '../../pages/accounts/notices.ts';
import { removeFiles, setDisabled } from '../../pages/files/actions.ts';
import { revoke } from '../../pages/keys/actions.ts';
import { entryName, removeEntry, setEnabled } from '../../pages/providers/actions.ts';
import { type Entry, kinds } from '../../pages/providers/kinds.ts';
import { verify } from '../../pages/tools/actions.ts';
import { stateOf } from '../../pages/tools/tool-state.ts';
import type { Command, Go } from './command.ts';

/** A thing, and its verbs after it. What stops something comes last. */
function thing(main: Command, verbs: readonly (readonly [id: string, name: string, run: () => void])[]): Command[] {
  return [
    main,
    ...verbs.map(
      ([id, name, run]): Command => ({
        id: `${main.id}:${id}`,
        group: main.group,
        name: `${name}: ${main.name}`,
        note: '',
        isVerb: true,
        run,
      }),
    ),
  ];
}

export const accountCommands = (t: Text, files: readonly AccountFile[], go: Go, privacy: boolean): readonly Command[] =>
  files.flatMap((file) => {
    const { name, email, provider, disabled } = file;
    const shown = privacy ? maskEmail(email || name) : email || name;
    return thing(
      {
        id: `account:${name}`,
        group: 'accounts',
        name: shown,
        note: provider,
        run: go(`/files/${encodeURIComponent(name)}`),
      },
      [
        ['use', t(disabled ? 'files.enable' : 'files.disable'), () => void setDisabled([file], !disabled)],
        ['delete', t('common.delete'), () => void removeFiles([name])],
      ],
    );
  });

export const signInCommands = (t: Text, go: Go): readonly Command[] =>
  signInProviders
    .filter((provider) => !isEnded(provider))
    .map(({ title, signIn: { login } }) => ({
      id: `sign-in:${login}`,
      group: 'actions',
      name: t('accounts.signInTo', { name: title }),
      note: '',
      isVerb: true,
      words: 'login account oauth 登录 账号',
      run: go(`/accounts/login/${login}`),
    }));

/** An entry without a name is called by its key, which the privacy switch hides. */
const shownName = (entry: Entry, privacy: boolean) =>
  privacy && !(entry as CompatibilityProvider).name ? hiddenKey : entryName(entry);

export const providerCommands = (
  t: Text,
  config: ConfigView | undefined,
  go: Go,
  privacy: boolean,
): readonly Command[] =>
  kinds.flatMap((kind) =>
    ((config?.[kind.list] ?? []) as readonly Entry[]).flatMap((entry, index) => {
      const on = entry.disabled !== true;
      return thing(
        {
          id: `provider:${kind.id}:${index}`,
          group: 'providers',
          name: shownName(entry, privacy),
          note: kind.name,
          run: go(`/providers/${kind.id}`),
        },
        [
          ['use', t(on ? 'files.disable' : 'files.enable'), () => void setEnabled(kind, index, !on)],
          ['delete', t('common.delete'), () => void removeEntry(kind, entry, index)],
        ],
      );
    }),
  );

/** The models that providers with keys are set up for, by the names that clients use. */
export function modelCommands(t: Text, config: ConfigView | undefined): readonly Command[] {
  const entries = kinds.flatMap(({ list }) => (config?.[list] ?? []) as readonly Entry[]);
  const names = new Set(entries.flatMap(({ models }) => models?.map(({ alias, name }) => alias || name || '') ?? []));
  names.delete('');
  return [...names].map((name) => ({
    id: `model:${name}`,
    group: 'models',
    name,
    note: t('palette.copyModel'),
    run: () => void copy(name, name),
  }));
}

/** The id stands in the page, where keys do not. */
export const keyCommands = (t: Text, keys: readonly ClientKey[], privacy: boolean): readonly Command[] =>
  keys.flatMap((entry, index) => {
    const name = entry.label || (privacy ? hiddenKey : maskKey(entry.key));
    return thing(
      {
        id: `key:${index}`,
        group: 'keys',
        name,
        note: t('palette.copyKey'),
        run: () => void copy(entry.key, name, true),
      },
      [['revoke', t('keys.revoke'), () => void revoke(entry)]],
    );
  });

export const toolCommands = (t: Text, agents: readonly Agent[], go: Go): readonly Command[] =>
  agents
    .filter(({ installed, support }) => installed && support !== 'none')
    .flatMap((agent) => {
      const { id, name, support, configured, written } = agent;
      return thing(
        {
          id: `tool:${id}`,
          group: 'tools',
          name,
          note: stateOf(t, agent)[1],
          words: 'agent 工具',
          run: go(`/tools/${id}`),
        },
        [
          ['set-up', t('tools.setUp'), go(`/tools/${id}`)] as const,
          ...(support === 'file' && configured
            ? [['verify', t('tools.verify'), () => void verify(agent)] as const]
            : []),
          ...(written === '' ? [] : [['restore', t('tools.restore'), go(`/tools/${id}/restore`)] as const]),
        ],
      );
    });

/** The newest failed requests; each opens its own. */
export const errorCommands = (requests: readonly RequestRecord[], go: Go, now: number): readonly Command[] =>
  requests.map(({ id, model, error, status, started_at }) => ({
    id: `error:${id}`,
    group: 'errors',
    name: [model, error ?? status].filter(Boolean).join(': '),
    note: ago(started_at, now),
    isVerb: true,
    words: 'error failed 失败 错误',
    run: go(`/requests/${id}`),
  }));
