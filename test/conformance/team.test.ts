// Several instances on one PostgreSQL: config, accounts, limits, cooldowns, history, and the database that goes away.
import path from 'node:path';
import { afterAll } from 'vitest';
import { preparePrograms } from '../support/postgres-programs.ts';
import { testKit } from './kit.ts';
import checks from './team/checks.mjs';

afterAll(preparePrograms());

const names = checks.map(([name]) => name);

/** They start one cluster, so that few of them take little longer than one. */
const sample = [
  'a setting changed on A is read on B, C and D within 1 s',
  'two writers at once lose nothing: 25 keys by A and 25 by B are all there',
  'an account switched off on B is off on C, and deleted on C it is gone from A',
  'an account that is due is refreshed once by all four, and all have its new token',
  'a wrong database address ends the start with one sentence and code 1',
  'nothing secret stands readable in any table',
  'a folder moves into an empty database and back: the same bytes',
];

testKit({
  name: 'team',
  runner: 'team/run-team.mjs',
  serverArgs: '--database {database} --port {port}',
  cases: names,
  sample,
  args: (chosen) => [
    ...['--modules', path.resolve(import.meta.dirname, '../..')],
    ...(chosen.length === names.length ? [] : chosen.flatMap((name) => ['--only', name])),
  ],
  timeoutMs: 400_000,
});
