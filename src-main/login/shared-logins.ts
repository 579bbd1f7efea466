// Logins as clients and browsers reach them: where instances share them, any of these can go on with any login.
import { Problem } from '../../src-shared/problem.ts';
import { callbackIn, handedIn } from './callback-input.ts';
import type { LoginStates } from './login-states.ts';
import { type ToldStatus, toldStatus } from './login-status.ts';
import type { Logins } from './logins.ts';
import type { HandIn } from './logins-options.ts';
import type { ResultPage } from './result-page.ts';

/** What finds a login by its state. */
export interface LoginsByState {
  status(state: string): ToldStatus | Promise<ToldStatus>;
  /** Rejects with Problem. */
  handIn(input: HandIn): void | Promise<void>;
  visit(path: string, query: Readonly<Record<string, string>>, language: string): Promise<ResultPage> | undefined;
}

export class SharedLogins implements LoginsByState {
  readonly #own: Logins;
  readonly #states: LoginStates;

  constructor(own: Logins, states: LoginStates) {
    this.#own = own;
    this.#states = states;
  }

  /** While nothing can be asked: what is known here. */
  async status(state: string): Promise<ToldStatus> {
    const shared = await this.#states.get(state).catch(() => undefined);
    return shared === undefined ? this.#own.status(state) : toldStatus(shared.status);
  }

  async handIn(input: HandIn): Promise<void> {
    const { state } = handedIn(input);
    if (state !== '' && !(await this.#mayFinish(state))) throw new Problem('login_not_pending');
    this.#own.handIn(input);
  }

  visit(path: string, query: Readonly<Record<string, string>>, language: string): Promise<ResultPage> | undefined {
    if (!this.#own.isCallback(path)) return undefined;
    const visit = async () => {
      await this.#mayFinish(callbackIn(query).state);
      return this.#own.visit(path, query, language) as Promise<ResultPage>;
    };
    return visit();
  }

  /** Has it go on here, unless another instance does. One that is not shared is left to whoever knows it. */
  async #mayFinish(state: string): Promise<boolean> {
    const shared = await this.#states.get(state);
    if (shared === undefined) return true;
    if (shared.status.status !== 'wait' || !(await this.#states.take(state))) return false;
    this.#own.adopt(shared);
    return true;
  }
}
