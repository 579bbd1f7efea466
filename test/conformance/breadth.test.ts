// Everything beside the four formats: embeddings, pictures, sound, files, kept responses, WebSockets, and what is not served.
import { globSync } from 'node:fs';
import { everyNth, readCases, testKit, writeCases } from './kit.ts';

interface CaseFile {
  readonly configs?: unknown;
  readonly cases: readonly { readonly name: string }[];
}

const files = globSync('breadth/cases/*.json', { cwd: import.meta.dirname })
  .sort()
  .map((file) => readCases<CaseFile>(file));
const names = files.flatMap(({ cases }) => cases.map(({ name }) => name));

testKit({
  name: 'breadth',
  runner: 'breadth/run-breadth.mjs',
  cases: names,
  sample: everyNth(names, 7),
  args: (chosen, folder) =>
    files.map(({ configs, cases }, index) =>
      writeCases(folder, `cases-${index}.json`, { configs, cases: cases.filter(({ name }) => chosen.includes(name)) }),
    ),
  timeoutMs: 300_000,
});
