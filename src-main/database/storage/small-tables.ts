// The small tables: limits that providers reported, owners, usage by the hour, and webhooks that wait.
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import type { LimitStore } from '../../storage/limit-store.ts';
import { maxOwners, type OwnerStore } from '../../storage/owner-store.ts';
import type { EarlierUsage, UsageHours } from '../../storage/usage-hours.ts';
import type { WebhookQueue } from '../../storage/webhook-queue.ts';
import type { Database, Query, Statement } from '../connection/database.ts';
import type { Sealing } from '../sealing.ts';

export function limitStore(database: Database): LimitStore {
  const load: Statement = { name: 'load_limits', text: 'select credential, seen_at, content from account_limits' };
  const save: Statement = {
    name: 'save_limits',
    text: `insert into account_limits as l(credential, seen_at, content)
      select credential, seen_at, content from json_to_recordset($1)
        as n(credential text, seen_at bigint, content jsonb) order by credential
      on conflict (credential) do update set seen_at = excluded.seen_at, content = excluded.content
        where excluded.seen_at >= l.seen_at`,
  };
  return {
    load: async () =>
      (await database.query('work', load)).map(({ credential, seen_at, content }) => ({
        credential: String(credential),
        seenAt: Number(seen_at),
        content,
      })),
    save: async (limits) => {
      const rows = limits.map(({ credential, seenAt, content }) => ({ credential, seen_at: seenAt, content }));
      await database.query('work', save, [JSON.stringify(rows).replaceAll('\\u0000', '')]);
    },
  };
}

export function ownerStore(database: Database): OwnerStore {
  const find: Statement = { name: 'find_owner', text: 'select credential from owners where id = $1' };
  const save: Statement = {
    name: 'save_owner',
    text: `insert into owners(id, credential) select distinct id, $2 from json_array_elements_text($1) as n(id) order by id
      on conflict (id) do update set credential = excluded.credential, number = excluded.number`,
  };
  const trim: Statement = {
    name: 'trim_owners',
    text: `delete from owners where number <= (select max(number) from owners) - ${maxOwners}`,
  };
  return {
    find: async (id) => {
      const [row] = await database.query('work', find, [id]);
      return row && String(row.credential);
    },
    save: async (ids, credential) => {
      await database.query('work', save, [JSON.stringify(ids), credential]);
      await database.query('work', trim);
    },
  };
}

const sumNames = ['requests', 'failed', 'input', 'output', 'reasoning', 'cached', 'total'] as const;
const hourColumns = ['hour', 'api', 'model', 'source', 'last', ...sumNames].join(', ');
/** Beyond this, the oldest hours are dropped. */
const maxHours = 50_000;

const loadHours: Statement = { name: 'load_usage', text: `select ${hourColumns} from usage_hours order by hour` };
const addHours: Statement = {
  name: 'add_usage',
  text: `insert into usage_hours as u(${hourColumns})
    select ${hourColumns} from json_populate_recordset(null::usage_hours, $1) order by hour, api, model, source
    on conflict (hour, api, model, source) do update set last = greatest(u.last, excluded.last),
      ${sumNames.map((name) => `${name} = u.${name} + excluded.${name}`).join(', ')}`,
};
const trimHours: Statement = {
  name: 'trim_usage',
  text: `delete from usage_hours where hour < (select hour from usage_hours order by hour desc offset ${maxHours} limit 1)`,
};
const usageSetting: Statement = { name: 'usage_setting', text: 'select value from usage_settings where name = $1' };
const setUsageSetting: Statement = {
  name: 'set_usage_setting',
  text: `insert into usage_settings(name, value) values ($1, $2)
    on conflict (name) do update set value = excluded.value`,
};
const removeHours: Statement = { name: 'remove_usage', text: 'delete from usage_hours' };

export class DatabaseUsage implements UsageHours {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load() {
    const rows = await this.#database.query('work', loadHours);
    const numbers = ['hour', 'last', ...sumNames];
    const hours = rows.map((row) => ({
      ...row,
      ...Object.fromEntries(numbers.map((name) => [name, Number(row[name])])),
    })) as unknown as readonly UsageHour[];
    return { kept: await isKept((statement, values) => this.#database.query('work', statement, values)), hours };
  }

  add(hours: readonly UsageHour[]): Promise<boolean> {
    return this.#database.transaction(async (query) => {
      if (!(await isKept(query))) return false;
      await query(addHours, [JSON.stringify(hours)]);
      return true;
    });
  }

  async setKept(kept: boolean): Promise<void> {
    await this.#database.transaction((query) => setKept(query, kept));
  }

  async takeOver({ digest, kept, hours }: EarlierUsage): Promise<void> {
    await this.#database.transaction(async (query) => {
      const [row] = await query(usageSetting, ['taken over']);
      if (row?.value === digest) return;
      await query(setUsageSetting, ['taken over', digest]);
      if (!kept) await setKept(query, false);
      else if (await isKept(query)) await query(addHours, [JSON.stringify(hours)]);
    });
  }

  async prune(): Promise<void> {
    await this.#database.query('work', trimHours);
  }
}

async function isKept(query: Query): Promise<boolean> {
  const [row] = await query(usageSetting, ['kept']);
  return row?.value !== 'no';
}

async function setKept(query: Query, kept: boolean): Promise<void> {
  await query(setUsageSetting, ['kept', kept ? 'yes' : 'no']);
  if (!kept) await query(removeHours);
}

export function webhookQueue(database: Database, sealing: Sealing): WebhookQueue {
  const placeOf = (id: string) => ['deliveries', 'body', id] as const;
  const load: Statement = {
    name: 'load_deliveries',
    text: 'select id, receiver, body, created_at, next_at, attempts from deliveries order by created_at, id',
  };
  const save: Statement = {
    name: 'save_delivery',
    text: `insert into deliveries(id, receiver, body, created_at, next_at, attempts) values ($1, $2, $3, $4, $5, $6)
      on conflict (id) do update set next_at = excluded.next_at, attempts = excluded.attempts`,
  };
  const trim: Statement = {
    name: 'trim_deliveries',
    text: `delete from deliveries where receiver = $1 and id not in
      (select id from deliveries where receiver = $1 order by created_at desc, id desc limit $2)`,
  };
  const remove: Statement = { name: 'remove_deliveries', text: 'delete from deliveries where id = any($1)' };
  const firstTime: Statement = {
    name: 'first_time',
    text: `with old as (delete from sent_notices where at < now() - interval '60 days')
      insert into sent_notices(name) values ($1) on conflict do nothing returning name`,
  };
  const lease: Statement = {
    name: 'lease',
    text: `insert into leases as l(name, owner, until) values ('webhooks', $1, now() + $2 * interval '1 millisecond')
      on conflict (name) do update set owner = excluded.owner, until = excluded.until
        where l.owner = excluded.owner or l.until <= now() returning name`,
  };
  return {
    load: async () =>
      (await database.query('work', load)).map(({ id, receiver, body, created_at, next_at, attempts }) => ({
        ...{ id: String(id), receiver: String(receiver), body: sealing.open(body as Buffer, placeOf(String(id))) },
        ...{ createdAt: Number(created_at), nextAt: Number(next_at), attempts: Number(attempts) },
      })),
    save: async (deliveries, maxPerReceiver) => {
      await database.transaction(async (query) => {
        for (const { id, receiver, body, createdAt, nextAt, attempts } of deliveries)
          await query(save, [id, receiver, sealing.seal(body, placeOf(id)), createdAt, nextAt, attempts]);
        for (const receiver of new Set(deliveries.map((one) => one.receiver)))
          await query(trim, [receiver, maxPerReceiver]);
      });
    },
    remove: async (ids) => void (await database.query('work', remove, [ids])),
    firstTime: async (name) => (await database.query('work', firstTime, [name])).length > 0,
    lease: async (owner, ms) => (await database.query('work', lease, [owner, ms])).length > 0,
  };
}
