// Requests, limits, costs, webhooks, order, affinity, chains, bounds and client policies, played as clients see them.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { everyNth, testKit } from './kit.ts';

const folder = path.join(import.meta.dirname, 'rules/cases');
const files = readdirSync(folder)
  .sort()
  .map((name) => path.join(folder, name));
const names = (await Promise.all(files.map((file) => import(file)))).flatMap(
  ({ default: cases }: { readonly default: readonly { readonly name: string }[] }) => cases.map(({ name }) => name),
);

testKit({
  name: 'rules',
  runner: 'rules/run-rules.mjs',
  cases: names,
  sample: everyNth(names, 8),
  args: (chosen) => [...chosen.flatMap((name) => ['--only', name]), ...files],
  timeoutMs: 600_000,
});
