// Everything the tray depends on, made from the same events that the window gets.

import type { AccountLimits } from '../../../src-shared/contract/account-limits.ts';
import type { AppEvent, ServerStatus } from '../../../src-shared/events.ts';
import type { TimedSetting } from '../../../src-shared/settings.ts';
import { accountLabel, fullestLimit, type TrayLimit } from './tray-limits.ts';
import type { TrayTool } from './tray-tools.ts';

export type Platform = 'win32' | 'darwin' | 'linux';

export interface TrayState {
  readonly platform: Platform;
  readonly server: ServerStatus;
  readonly invalid: { readonly line: number } | undefined;
  readonly accounts: { readonly ready: number; readonly needLogin: number };
  /** The fullest window of each account whose limits are known. */
  readonly limits: readonly TrayLimit[];
  /** Tools of this computer that a file sets up. */
  readonly tools: readonly TrayTool[];
  readonly settings: Readonly<
    Record<
      | 'debug'
      | 'request-log'
      | 'logging-to-file'
      | 'usage-statistics-enabled'
      | 'quota-exceeded/switch-project'
      | 'quota-exceeded/switch-preview-model',
      boolean
    >
  >;
  /** Local clock times such as `20:45` at which settings go off by themselves. */
  readonly autoOff: Readonly<Partial<Record<TimedSetting, string>>>;
  /** `proxy-url` in force, `''` for none, and addresses used before, newest first. */
  readonly proxy: { readonly address: string; readonly recent: readonly string[] };
  /** Bytes of the logs, 0 when there are none. */
  readonly requestLogBytes: number;
  /** Where the server could listen instead, while its own port is taken by another program. */
  readonly freePort: number | undefined;
}

export type TrayFacts = Omit<TrayState, 'platform' | 'proxy' | 'requestLogBytes' | 'freePort' | 'limits' | 'tools'> & {
  readonly proxyAddress: string;
  /** Names of accounts in use, by their files. */
  readonly accountLabels: ReadonlyMap<string, string>;
  readonly accountLimits: ReadonlyMap<string, AccountLimits>;
};

/** The limits of accounts in use. */
export const limitsOf = ({ accountLabels, accountLimits }: TrayFacts): readonly TrayLimit[] =>
  [...accountLabels].flatMap(([file, label]) => {
    const known = accountLimits.get(file);
    return (known && fullestLimit(known, label)) ?? [];
  });

/** What is known of limits; an event tells of one account. */
export const withLimits = (facts: TrayFacts, accounts: readonly AccountLimits[]): TrayFacts => ({
  ...facts,
  accountLimits: new Map([...facts.accountLimits, ...accounts.map((account) => [account.name, account] as const)]),
});

export const initialTrayFacts: TrayFacts = {
  server: { state: 'starting', address: '' },
  invalid: undefined,
  accounts: { ready: 0, needLogin: 0 },
  accountLabels: new Map(),
  accountLimits: new Map(),
  settings: {
    debug: false,
    'request-log': false,
    'logging-to-file': false,
    'usage-statistics-enabled': false,
    'quota-exceeded/switch-project': false,
    'quota-exceeded/switch-preview-model': false,
  },
  autoOff: {},
  proxyAddress: '',
};

/** `20:45`, local. */
function clockTime(time: string): string {
  const date = new Date(time);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** What is known after an event. */
export function applyEvent(facts: TrayFacts, event: AppEvent): TrayFacts {
  switch (event.event) {
    case 'config': {
      const { config } = event;
      return {
        ...facts,
        invalid: undefined,
        proxyAddress: config['proxy-url'],
        settings: {
          debug: config.debug,
          'request-log': config['request-log'],
          'logging-to-file': config['logging-to-file'],
          'usage-statistics-enabled': config['usage-statistics-enabled'],
          'quota-exceeded/switch-project': config['quota-exceeded']['switch-project'],
          'quota-exceeded/switch-preview-model': config['quota-exceeded']['switch-preview-model'],
        },
      };
    }
    case 'auto-off':
      return {
        ...facts,
        autoOff: Object.fromEntries(event.timers.map(({ setting, until }) => [setting, clockTime(until)])),
      };
    case 'config-broken':
      return { ...facts, invalid: { line: event.line } };
    case 'accounts': {
      const active = event.files.filter(({ disabled }) => !disabled);
      const needLogin = active.filter(({ trouble }) => trouble === 'login').length;
      const others = active.filter(({ trouble }) => trouble !== '').length - needLogin;
      return {
        ...facts,
        accounts: { ready: active.length - needLogin - others, needLogin },
        accountLabels: new Map(active.map((file) => [file.name, accountLabel(file)])),
      };
    }
    case 'limits':
      return withLimits(facts, [event.account]);
    case 'server': {
      const { state, address, message } = event;
      return { ...facts, server: { state, address, ...(message !== undefined && { message }) } };
    }
    default:
      return facts;
  }
}
