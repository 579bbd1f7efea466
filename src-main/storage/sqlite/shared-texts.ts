// Texts and sets of fields that many requests share: each is kept once a day, under a number.
import { hash } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { RequestRecord } from '../../../src-shared/contract/requests.ts';

const dayMs = 24 * 3600 * 1000;

/** The number of the day (UTC) of a time in milliseconds since the epoch. */
export const dayOf = (ms: number): number => Math.floor(ms / dayMs);

/** Numbers remembered; more are looked up again. */
const maxRemembered = 5_000;

export type TextKind = 'session' | 'error' | 'route';

const flag = (value: boolean | null): number | null => (value === null ? null : Number(value));

const facetColumns = {
  key_id: (record: RequestRecord) => record.key_id,
  key: (record: RequestRecord) => record.key,
  key_name: (record: RequestRecord) => record.key_name,
  client_ip: (record: RequestRecord) => record.client_ip,
  user_agent: (record: RequestRecord) => record.user_agent,
  form: (record: RequestRecord) => record.form,
  model: (record: RequestRecord) => record.model,
  model_sent: (record: RequestRecord) => record.model_sent,
  provider: (record: RequestRecord) => record.provider,
  source: (record: RequestRecord) => record.source,
  credential: (record: RequestRecord) => record.credential,
  auth_index: (record: RequestRecord) => record.auth_index,
  chain: (record: RequestRecord) => record.chain,
  status: (record: RequestRecord) => record.status,
  outcome: (record: RequestRecord) => record.outcome,
  stream: (record: RequestRecord) => flag(record.stream),
  estimated: (record: RequestRecord) => flag(record.tokens.estimated),
  cost_basis: (record: RequestRecord) => record.cost.basis,
  billed: (record: RequestRecord) => flag(record.cost.billed),
} as const;

const facetNames = Object.keys(facetColumns);
const facetValues = Object.values(facetColumns);

export class SharedTexts {
  readonly #facetOf;
  readonly #addFacet;
  readonly #textOf;
  readonly #addText;
  readonly #numbers = new Map<string, number>();

  constructor(database: DatabaseSync) {
    const marks = facetNames.map(() => '?').join(', ');
    this.#facetOf = database.prepare('SELECT id FROM facets WHERE digest = ?');
    this.#addFacet = database.prepare(
      `INSERT INTO facets(digest, day, ${facetNames.join(', ')}) VALUES (?, ?, ${marks})`,
    );
    this.#textOf = database.prepare('SELECT id FROM texts WHERE digest = ?');
    this.#addText = database.prepare('INSERT INTO texts(digest, day, kind, text) VALUES (?, ?, ?, ?)');
  }

  /** Within a transaction. */
  facet(record: RequestRecord, day: number): number {
    const values = facetValues.map((value) => value(record));
    const name = JSON.stringify([day, ...values]);
    return this.#number(name, this.#facetOf, () => this.#addFacet.run(digestOf(name), day, ...values));
  }

  /** Within a transaction. */
  text(kind: TextKind, text: string | null, day: number): number | null {
    if (text === null) return null;
    const name = JSON.stringify([day, kind, text]);
    return this.#number(name, this.#textOf, () => this.#addText.run(digestOf(name), day, kind, text));
  }

  /** After rows were removed or a transaction failed: numbers may be gone. */
  forget(): void {
    this.#numbers.clear();
  }

  #number(
    name: string,
    find: { get(...values: SQLInputValue[]): Record<string, unknown> | undefined },
    add: () => { readonly lastInsertRowid: number | bigint },
  ): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = Number(find.get(digestOf(name))?.id ?? add().lastInsertRowid);
    if (this.#numbers.size >= maxRemembered) this.#numbers.clear();
    this.#numbers.set(name, number);
    return number;
  }
}

const digestOf = (name: string): Buffer => hash('sha256', name, 'buffer').subarray(0, 16);
