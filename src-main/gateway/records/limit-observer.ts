// Who is told what upstreams say of their limits.
import type { AttemptError } from '../model/errors/attempt-error.ts';
import type { Candidate } from '../routing/credential.ts';
import { credentialName, providerOf } from './credential-names.ts';

interface LimitHolder {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
}

interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As the upstream was asked for it. */
  readonly model: string;
}

export interface LimitObserver {
  /** With the head of every response; what is used up after a 429 that says so. */
  seen(holder: LimitHolder, response: Response): AttemptError['quota'];
  /** After a change: the credentials there are. */
  keepOnly(credentialIds: ReadonlySet<string>): void;
}

/** Whose limits they are: the account's file name, or `<source>:<masked key>`. */
export function limitHolder({ credential }: Candidate): LimitHolder {
  const { id, account, key, sourceName } = credential;
  const name = account?.name ?? (key === '' ? sourceName : `${sourceName}:${credentialName(credential)}`);
  return { id, name, provider: providerOf(credential) };
}
