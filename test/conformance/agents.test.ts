// Settings files of the user's tools, set up and put back byte for byte by a server of its own.
import { everyNth, readCases, testKit, writeCases } from './kit.ts';

const manifest = readCases<{ readonly samples: readonly { readonly id: string }[] }>('agents/samples/manifest.json');
const names = ['list-00-agents', ...manifest.samples.map(({ id }) => id)];

testKit({
  name: 'agents',
  runner: 'agents/check-agents.mjs',
  cases: names,
  sample: everyNth(names, 6),
  args: (chosen, folder) => ['--require', 'all', '--cases', writeCases(folder, 'cases.json', chosen)],
  timeoutMs: 300_000,
});
