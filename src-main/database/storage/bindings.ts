// Where sessions are bound, known by digests: names of credentials hold keys.
import type { BindingClaims } from '../../storage/binding-claims.ts';
import type { Database, Statement } from '../connection/database.ts';
import type { Sealing } from '../sealing.ts';
import type { DatabaseSecret } from '../secret.ts';

const claim: Statement = {
  name: 'claim_session',
  text: `insert into sessions as s(session, credential, body) values ($1, $2, $3)
    on conflict (session) do update set used_at = now(),
      credential = case when s.credential = $4 then excluded.credential else s.credential end,
      body = case when s.credential = $4 then excluded.body else s.body end
    returning body`,
};
const prune: Statement = {
  name: 'prune_sessions',
  text: "delete from sessions where used_at < now() - interval '7 days'",
};

export class DatabaseBindings implements BindingClaims {
  readonly #database: Database;
  readonly #secret: DatabaseSecret;
  readonly #sealing: Sealing;

  constructor(database: Database, secret: DatabaseSecret, sealing: Sealing) {
    this.#database = database;
    this.#secret = secret;
    this.#sealing = sealing;
  }

  async claim(session: string, binding: string, instead: string | undefined): Promise<string> {
    const digest = this.#secret.bytes('session', session);
    const place = ['sessions', 'body', digest.toString('hex')] as const;
    const nameOf = (text: string) => this.#secret.bytes('binding', text);
    const [row] = await this.#database.query('count', claim, [
      ...[digest, nameOf(binding), this.#sealing.seal(binding, place)],
      instead === undefined ? null : nameOf(instead),
    ]);
    return this.#sealing.open(row?.body as Buffer, place);
  }

  async prune(): Promise<void> {
    await this.#database.query('work', prune);
  }
}
