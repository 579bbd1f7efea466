// Which candidate each conversation goes to.
import { hash } from 'node:crypto';
import type { Bound } from '../order/selector.ts';
import type { RoutedCandidate } from '../route/routed-candidate.ts';

/** Where bindings are kept. Never rejects: a binding that is lost costs a cached prompt, not a request. */
export interface BindingStore {
  /** Undefined when the session is not bound or its time is over. Counts as a use. */
  get(session: string): string | undefined | Promise<string | undefined>;
  bind(session: string, credential: string): void;
  /** Where others bind sessions too: binds it unless one of them came first. Where it is bound then. Never rejects. */
  claim?(session: string, credential: string, instead: string | undefined): Promise<string>;
}

/** Reads where sessions are bound without using them. */
export interface SessionPeek {
  peek(session: string): string | undefined;
}

interface SessionOf {
  readonly client: string;
  readonly model: string;
  readonly id: string;
}

/** Where a session is bound at present; undefined: nowhere. */
export const boundOf = (store: SessionPeek, session: SessionOf): Bound | undefined =>
  parsed(store.peek(nameOf(session)));

const nameOf = ({ client, model, id }: SessionOf) =>
  hash('sha256', JSON.stringify([client, model.toLowerCase(), id]), 'base64url');

/** The session of one request. */
export interface Session {
  /** Where it is bound at present. */
  readonly bound: Bound | undefined;
  /** Binds it. Of requests that move it at the same time the first one wins. */
  move(candidate: RoutedCandidate): void;
  /** The same between instances; absent where there is only one. */
  readonly claim: ((candidate: RoutedCandidate) => Promise<void>) | undefined;
}

/** A session belongs to one client and one model asked for. */
export function openSession(store: BindingStore, sessionOf: SessionOf): Session | Promise<Session> {
  const name = nameOf(sessionOf);
  const found = store.get(name);
  // At once where it can be: requests of one session that come together must find each other's choice.
  return typeof found === 'object' ? found.then((text) => session(store, name, text)) : session(store, name, found);
}

function session(store: BindingStore, name: string, found: string | undefined): Session {
  let bound = parsed(found);
  const claim = async (candidate: RoutedCandidate) => {
    const wanted = bindingOf(candidate);
    bound = parsed(await store.claim?.(name, wanted, bound && textOf(bound))) ?? bound;
  };
  return {
    claim: store.claim && claim,
    get bound() {
      return bound;
    },
    move(candidate) {
      const now = store.get(name);
      const elsewhere = typeof now === 'object' ? undefined : parsed(now);
      if (elsewhere !== undefined && elsewhere.key !== bound?.key) {
        bound = elsewhere;
        return;
      }
      bound = { key: candidate.key, priority: candidate.credential.priority };
      store.bind(name, textOf(bound));
    },
  };
}

const textOf = ({ priority, key }: Bound) => `${priority}\n${key}`;

const bindingOf = ({ key, credential: { priority } }: RoutedCandidate) => textOf({ priority, key });

function parsed(text: string | undefined): Bound | undefined {
  if (text === undefined) return undefined;
  const end = text.indexOf('\n');
  return { priority: Number(text.slice(0, end)), key: text.slice(end + 1) };
}
