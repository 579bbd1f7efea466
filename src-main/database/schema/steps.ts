// The tables of the database, in numbered steps that only ever add. What no release uses any more goes two releases later.

export interface Step {
  /** The oldest schema version whose programs may go on working with the result. */
  readonly minProgram: number;
  readonly sql: string;
}

export const steps: readonly Step[] = [
  {
    minProgram: 1,
    sql: `
create table instances(
  id int generated always as identity primary key, name text not null, version text not null, address text not null,
  started_at timestamptz not null default now(), seen_at timestamptz not null default now(),
  running int not null default 0
);
create table changes(
  id bigint generated always as identity primary key, at timestamptz not null default now(), kind text not null,
  subject text not null, actor jsonb not null, instance int not null, write uuid not null
);
create index changes_write on changes(write);
-- Numbers are given before the commit: the lock makes numbers and commits one order, so that no reader passes one by.
create function announce(of_kind text, of_subject text, by_actor jsonb, by_instance int, of_write uuid) returns bigint
language plpgsql as $$
declare number bigint;
begin
  perform pg_advisory_xact_lock(1, 1);
  insert into changes(kind, subject, actor, instance, write)
    values (of_kind, of_subject, by_actor, by_instance, of_write) returning id into number;
  perform pg_notify(current_schema(), json_build_object('i', by_instance, 'c', number)::text);
  return number;
end $$;
create table config(one bool primary key default true check (one), revision bigint not null, text bytea not null);
create table config_versions(
  revision bigint primary key, at timestamptz not null default now(), actor jsonb not null, instance int not null,
  size int not null, text bytea not null
);
create sequence account_versions;
create table accounts(
  name text collate "C" primary key, version bigint not null default nextval('account_versions'), size int not null,
  created timestamptz not null default now(), modified timestamptz not null default now(), body bytea not null
);
create table refreshes(
  token bytea primary key, instance int not null, since timestamptz not null default now(), is_running bool not null default true,
  is_final bool not null default false, retry_at timestamptz, message text not null default ''
);
create table logins(
  state bytea primary key, expires_at timestamptz not null, is_taken bool not null default false, body bytea not null
);
create table documents(name text primary key, version bigint not null, body bytea not null);
`,
  },
  {
    minProgram: 1,
    sql: `
create table requests(
  id uuid not null primary key, instance text not null, started bigint not null, first_byte_ms int, total_ms int,
  key_id text, key text, key_name text, client_ip text, user_agent text, form text not null, model text,
  model_sent text, provider text, source text, credential text, auth_index text, chain text, status smallint,
  outcome text, stream bool not null, estimated bool, input bigint, output bigint, reasoning bigint,
  cache_read bigint, cache_write bigint, usd float8, cost_basis text not null, billed bool not null,
  session_id text, error text, detail text, route jsonb
) partition by range (id);
create index requests_key on requests(key_id, id);
create index requests_model on requests(lower(model), id);
create index requests_source on requests(source, id);
create index requests_failed on requests(id) where status >= 400;
-- For requests of clocks that are far off.
create table requests_rest partition of requests default;
create function first_id(of_time timestamptz) returns uuid language sql immutable as $$
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-0000-0000-000000000000')::uuid
    from (select lpad(to_hex((extract(epoch from of_time) * 1000)::bigint), 12, '0') as h) as hex
$$;
create function make_partitions() returns void language plpgsql as $$
declare month timestamptz;
begin
  perform pg_advisory_xact_lock(1, 4);
  for ahead in 0..3 loop
    month := date_trunc('month', now()) + ahead * interval '1 month';
    execute format('create table if not exists %I partition of requests for values from (%L) to (%L)',
      'requests_' || to_char(month, 'YYYY_MM'), first_id(month), first_id(month + interval '1 month'));
  end loop;
end $$;
select make_partitions();
create table usage_hours(
  hour bigint not null, api text not null, model text not null, source text not null, last bigint not null,
  requests bigint not null, failed bigint not null, input bigint not null, output bigint not null,
  reasoning bigint not null, cached bigint not null, total bigint not null, primary key(hour, api, model, source)
) with (fillfactor = 60);
create table usage_settings(name text primary key, value text not null);
create table client_counters(
  client text not null, per text not null, starts bigint not null, requests bigint not null default 0,
  tokens bigint not null default 0, cost float8 not null default 0, primary key(client, per, starts)
) with (fillfactor = 50);
-- Counts up to \`wanted\` requests in all of the windows or none, as many as the limits leave; then what they hold.
create function reserve(
  of_client text, wanted int, pers text[], window_starts bigint[],
  limit_windows int[], limit_metrics text[], limit_maxima float8[]
) returns table(granted int, used jsonb) language plpgsql as $$
declare room float8 := wanted; held record; sums jsonb := '[]';
begin
  insert into client_counters(client, per, starts)
    select of_client, w.per, w.starts from unnest(pers, window_starts) as w(per, starts) order by 2, 3
    on conflict do nothing;
  for held in
    select w.position, c.requests, c.tokens, c.cost
      from unnest(pers, window_starts) with ordinality as w(per, starts, position)
      join client_counters c on c.client = of_client and c.per = w.per and c.starts = w.starts
      order by c.per, c.starts for update of c
  loop
    sums := sums || jsonb_build_object(
      'window', held.position, 'requests', held.requests, 'tokens', held.tokens, 'cost', held.cost);
    select least(room, coalesce(min(case l.metric
        when 'requests' then floor(l.max) - held.requests
        when 'tokens' then case when held.tokens >= l.max then 0 else room end
        else case when held.cost >= l.max then 0 else room end end), room)) into room
      from unnest(limit_windows, limit_metrics, limit_maxima) as l(position, metric, max)
      where l.position = held.position;
  end loop;
  granted := greatest(room, 0)::int;
  if granted > 0 then
    update client_counters c set requests = c.requests + granted
      from unnest(pers, window_starts) as w(per, starts)
      where c.client = of_client and c.per = w.per and c.starts = w.starts;
  end if;
  used := sums;
  return next;
end $$;
create table account_limits(credential text primary key, seen_at bigint not null, content jsonb not null);
create table cooldowns(
  credential text not null, model text not null, kind text not null, until timestamptz not null,
  status int not null, level int not null, message text not null, primary key(credential, model)
);
alter table logins add column taken_by int;
create unlogged table sessions(
  session bytea primary key, credential bytea not null, body bytea not null,
  used_at timestamptz not null default now()
);
create table deliveries(
  id text primary key, receiver text not null, body bytea not null, created_at bigint not null,
  next_at bigint not null, attempts int not null
);
create table told(name text primary key, at timestamptz not null default now());
create table leases(name text primary key, owner text not null, until timestamptz not null);
`,
  },
  {
    minProgram: 1,
    sql: `
create sequence owner_numbers;
create table owners(
  number bigint not null unique default nextval('owner_numbers'), id text primary key, credential text not null
);
`,
  },
  {
    // The table of sent notices has another name, which older programs do not know.
    minProgram: 4,
    sql: `
alter table told rename to sent_notices;
-- Requests that run at present, by whose bound they count for (\`max-concurrent\`) and the instance that serves them.
create table slots(owner bytea not null, instance int not null, n int not null, primary key(owner, instance))
  with (fillfactor = 50);
-- Takes one in each of \`owners\`, which are in order, or none; then the position of the first that is full, else 0.
create function take_slots(owners bytea[], maxima int[], of_instance int) returns int language plpgsql as $$
declare taken bigint;
begin
  for at in 1..cardinality(owners) loop
    perform pg_advisory_xact_lock(5, hashtext(encode(owners[at], 'hex')));
  end loop;
  for at in 1..cardinality(owners) loop
    select coalesce(sum(s.n), 0) into taken from slots s join instances i on i.id = s.instance
      where s.owner = owners[at] and i.seen_at > now() - interval '15 seconds';
    if taken >= maxima[at] then return at; end if;
  end loop;
  insert into slots(owner, instance, n) select o, of_instance, 1 from unnest(owners) as o order by o
    on conflict (owner, instance) do update set n = slots.n + 1;
  return 0;
end $$;
`,
  },
];
