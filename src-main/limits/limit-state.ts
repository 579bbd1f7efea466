// The windows of one key or account, and what has been told of each.
import type { AccountLimits, AccountLimitWindow } from '../../src-shared/contract/account-limits.ts';
import { isObject } from '../../src-shared/json.ts';
import { limitStatus, type ReadLimits, type ReadWindow } from './limit-headers.ts';
import { limitLabel } from './limit-label.ts';

/** Whose limits they are. */
export interface LimitHolder {
  /** Of its credential. */
  readonly id: string;
  /** The account file's name, or `<source>:<masked key>`. */
  readonly name: string;
  readonly provider: string;
}

/** Durations and rounded seconds move a reset by less than this though it is the same. Milliseconds. */
const sameResetMs = 2_000;

interface KeptWindow extends ReadWindow {
  /** What was told of it since it was last below the warning. */
  readonly told?: 'warning' | 'reached';
  /** The reset at that time, which tells this filling from the next. */
  readonly instance?: number;
}

interface WindowChange {
  readonly kind: 'limit-warning' | 'limit-reached' | 'limit-renewed';
  readonly window: AccountLimitWindow;
  readonly instance: number | string;
}

export class LimitState {
  readonly provider: string;
  readonly name: string;
  #plan: string | null = null;
  #windows = new Map<string, KeptWindow>();
  #seenAt = 0;
  #from: AccountLimits['from'] = 'answer';

  constructor({ name, provider }: Pick<LimitHolder, 'name' | 'provider'>) {
    this.name = name;
    this.provider = provider;
  }

  /** Milliseconds since the epoch. */
  get seenAt(): number {
    return this.#seenAt;
  }

  get windows(): readonly ReadWindow[] {
    return [...this.#windows.values()];
  }

  /** For the store. */
  get content(): unknown {
    const { name, provider } = this;
    return { name, provider, plan: this.#plan, from: this.#from, windows: this.windows };
  }

  /** What changed for people. Windows that are not named stay as they were. */
  take({ plan, windows }: ReadLimits, from: AccountLimits['from'], now: number): readonly WindowChange[] {
    this.#seenAt = now;
    this.#from = from;
    if (plan !== undefined) this.#plan = plan;
    // Before what is said of the next filling takes their place.
    const renewed = this.renew(now);
    return [...renewed, ...windows.flatMap((window) => this.#takeWindow(window, now))];
  }

  #takeWindow(read: ReadWindow, now: number): readonly WindowChange[] {
    const before = this.#windows.get(read.id);
    const isSame = before?.resetsAt !== undefined && Math.abs(before.resetsAt - (read.resetsAt ?? 0)) <= sameResetMs;
    const window = isSame ? { ...read, resetsAt: before.resetsAt } : read;
    const isOver = before?.instance !== undefined && before.instance <= now;
    const level = toTell(read);
    const told = level === undefined || isOver ? undefined : before?.told;
    const instance = told === undefined ? window.resetsAt : before?.instance;
    const isNews = level !== undefined && told !== 'reached' && told !== level;
    const next = isNews ? level : told;
    this.#windows.set(read.id, {
      ...window,
      ...(next === undefined ? {} : { told: next }),
      ...(next === undefined || instance === undefined ? {} : { instance }),
    });
    if (!isNews) return [];
    const kind = level === 'reached' ? 'limit-reached' : 'limit-warning';
    return [{ kind, window: shown(window, now), instance: instance ?? now }];
  }

  /** When the next window that was told of renews, in milliseconds since the epoch; infinite: none does. */
  get nextRenewal(): number {
    const told = [...this.#windows.values()].filter((window) => window.told !== undefined);
    return Math.min(...told.map(({ resetsAt }) => resetsAt ?? Number.POSITIVE_INFINITY));
  }

  /** Windows that were told of and whose reset has passed. */
  renew(now: number): readonly WindowChange[] {
    return [...this.#windows.values()].flatMap(({ told, instance, ...window }): WindowChange[] => {
      if (told === undefined || window.resetsAt === undefined || window.resetsAt > now) return [];
      this.#windows.set(window.id, window);
      return [{ kind: 'limit-renewed', window: shown(window, now), instance: instance ?? window.resetsAt }];
    });
  }

  row(now: number): AccountLimits {
    return {
      name: this.name,
      provider: this.provider,
      plan: this.#plan,
      windows: this.windows.map((window) => shown(window, now)),
      seen_at: new Date(this.#seenAt).toISOString(),
      from: this.#from,
    };
  }

  /** Of the store; undefined for what this program did not write. */
  static read(content: unknown, seenAt: number): LimitState | undefined {
    if (!isObject(content) || typeof content.name !== 'string' || typeof content.provider !== 'string')
      return undefined;
    const state = new LimitState({ name: content.name, provider: content.provider });
    state.#seenAt = seenAt;
    state.#plan = typeof content.plan === 'string' ? content.plan : null;
    state.#from = content.from === 'asked' ? 'asked' : 'answer';
    for (const window of Array.isArray(content.windows) ? content.windows : []) {
      if (isWindow(window)) state.#windows.set(window.id, window);
    }
    return state;
  }
}

/** People are warned by what is used; providers have other reasons for their word too. */
const toTell = ({ used, status }: ReadWindow): 'warning' | 'reached' | undefined => {
  if (status === 'reached') return status;
  return limitStatus(used) === 'ok' ? undefined : 'warning';
};

const isWindow = (value: unknown): value is KeptWindow =>
  isObject(value) && typeof value.id === 'string' && typeof value.used === 'number' && typeof value.status === 'string';

function shown({ id, used, resetsAt, status, model }: ReadWindow, now: number): AccountLimitWindow {
  const common = { id, label: limitLabel(id) };
  const family = model === undefined ? {} : { model };
  if (resetsAt !== undefined && resetsAt <= now)
    return { ...common, used: 0, resets_at: null, status: limitStatus(0), ...family, renewed: true };
  const reset = resetsAt === undefined ? null : new Date(resetsAt).toISOString();
  return { ...common, used, resets_at: reset, status, ...family };
}
