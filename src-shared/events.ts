// What the program announces. Each event carries a full snapshot, a revision and who caused it; none is a command.

import type { AccountLimits } from './contract/account-limits.ts';
import type { Agent } from './contract/agents.ts';
import type { AccountFile } from './contract/auth-files.ts';
import type { RejectedClient } from './contract/banned-clients.ts';
import type { ConfigNotice, ConfigView } from './contract/config.ts';
import type { Cooldown } from './contract/cooldowns.ts';
import type { RecentRequest } from './contract/recent-requests.ts';
import type { RequestRecord } from './contract/requests.ts';
import type { SettingTimer } from './contract/timed-settings.ts';
import type { UsageTotals } from './contract/usage.ts';
import type { Actor } from './operation.ts';
import type { NoticeKind } from './webhooks.ts';

/** `many`: requests that were not announced one by one, in the last second. */
export type RequestEvent =
  | { readonly phase: 'start' | 'first-byte' | 'end'; readonly request: RequestRecord }
  | { readonly phase: 'many'; readonly count: number };

export interface LoginStatus {
  readonly state: string;
  readonly provider: string;
  readonly status: 'wait' | 'ok' | 'error' | 'cancelled';
  /** Where the login stands, such as `waiting`, `exchanging`, `enriching`, `done`. */
  readonly step: string;
  readonly error?: string;
  /** Who signed in, once `status` is `ok`: an e-mail, or what else the provider calls the account. */
  readonly account?: string;
  /** The account's file. */
  readonly file?: string;
}

export interface ServerStatus {
  /** Base address for clients, such as `http://127.0.0.1:8317`. */
  readonly address: string;
  readonly state: 'starting' | 'running' | 'stopping' | 'stopped' | 'failed';
  /** A sentence that says what to do, with `failed` or when something needs attention. */
  readonly message?: string;
}

export interface EventPayloads {
  readonly config: { readonly config: ConfigView };
  readonly 'config-broken': { readonly message: string; readonly line: number; readonly column: number };
  /** What the config file says without effect, misspelt or unsafe. */
  readonly 'config-notices': { readonly notices: readonly ConfigNotice[] };
  readonly accounts: { readonly files: readonly AccountFile[] };
  /** Keys and accounts that are cooling down. */
  readonly cooldowns: { readonly cooldowns: readonly Cooldown[] };
  /** Settings that switch themselves off. */
  readonly 'auto-off': { readonly timers: readonly SettingTimer[] };
  readonly login: LoginStatus;
  /** Who presented no or a wrong management key. */
  readonly 'banned-clients': { readonly clients: readonly RejectedClient[] };
  readonly usage: { readonly totals: UsageTotals };
  /** How the last requests of clients ended, newest first. */
  readonly 'recent-requests': { readonly requests: readonly RecentRequest[] };
  /** A request of a client starts, responds or ends; at most 20 a second, the others are counted. */
  readonly request: RequestEvent;
  /** What a provider said of the limits of a key or account has changed. */
  readonly limits: { readonly account: AccountLimits };
  /** Something needs attention; the same that webhooks are told. */
  readonly notice: {
    readonly type: NoticeKind;
    /** ISO 8601. */
    readonly created_at: string;
    /** By `type`: `{account: {name, provider}, window}`, `{account}`, `{message, line, column}`, `{failed, requests, …}`, `{file}`, `{reason}`. */
    readonly data: object;
  };
  /** A tool of this computer was set up or put back. */
  readonly agents: { readonly agents: readonly Agent[] };
  readonly log: { readonly lines: readonly string[] };
  readonly server: ServerStatus;
}

export type EventName = keyof EventPayloads;

/** One announced event. Revisions rise by one over the whole program; later is newer. */
export type AppEvent = {
  [N in EventName]: { readonly event: N; readonly revision: number; readonly actor: Actor } & EventPayloads[N];
}[EventName];
