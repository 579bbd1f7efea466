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
];
