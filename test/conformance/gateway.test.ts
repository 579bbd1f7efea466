// The gateway: clients, upstreams and proxies are scripted, and meaning is compared.
import { globSync } from 'node:fs';
import { everyNth, readCases, testKit, writeCases } from './kit.ts';

interface CaseFile {
  readonly configs?: unknown;
  readonly cases: readonly { readonly name: string }[];
}

const files = globSync('gateway/cases/*.json', { cwd: import.meta.dirname })
  .sort()
  .map((file) => readCases<CaseFile>(file));
const names = files.flatMap(({ cases }) => cases.map(({ name }) => name));

testKit({
  name: 'gateway',
  runner: 'gateway/run-gateway.mjs',
  cases: names,
  sample: everyNth(names, 9),
  args: (chosen, folder) =>
    files.map(({ configs, cases }, index) =>
      writeCases(folder, `cases-${index}.json`, { configs, cases: cases.filter(({ name }) => chosen.includes(name)) }),
    ),
  timeoutMs: 600_000,
});
