// Logins that several instances share, so that any of them can finish one and tell how it stands.
import type { LoginInput } from '../../src-shared/contract/helpers/login-rows.ts';
import type { LoginStatus } from '../../src-shared/events.ts';
import type { Actor } from '../../src-shared/operation.ts';
import type { Grant } from '../providers/provider.ts';

/** What it takes to go on with a login that was started elsewhere. */
export interface SharedLogin {
  /** The name of the login. */
  readonly login: string;
  readonly flow?: LoginInput['flow'];
  /** Absent for logins that have no callback. */
  readonly grant?: Omit<Grant, 'code' | 'state'> | undefined;
  /** The proxy that was chosen for it. */
  readonly proxyUrl?: string | undefined;
  readonly actor: Actor;
  readonly status: LoginStatus;
}

/** All methods reject with Problem `database_away` while nothing can be stored. */
export interface LoginStates {
  /** Known to all until `ttlMs` after its time is up. */
  put(state: string, login: SharedLogin, ttlMs: number): Promise<void>;
  get(state: string): Promise<SharedLogin | undefined>;
  /** The right to finish it, which one instance has. */
  take(state: string): Promise<boolean>;
  /** How it stands; ignored once it has ended. */
  update(state: string, status: LoginStatus): Promise<void>;
  /** Called with logins that another instance has changed. */
  watch(listener: (state: string, login: SharedLogin) => void): void;
}
