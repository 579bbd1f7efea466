import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { countsReporter } from './test/support/counts-reporter.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Whether the conformance kits play every case, or their samples. */
    readonly everyCase: boolean;
  }
}

// Test files start the program hundreds of times; worker threads and child processes then compile their code once.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('./node_modules/.cache/node-compile', import.meta.url));

/** Tests that listen on the providers' own login ports. */
const onLoginPorts = ['test/login/{leaks,logins}.test.ts', 'test/electron/desktop-login.test.ts'];
/** Needs Electron's binary: `npm run test:electron` packs the app and runs them. */
const onElectron = ['test/electron/real/*.test.ts'];
const kits = ['test/conformance/*.test.ts'];
/** Three kits queue for the login ports, which leaves two at work beside the one that has them. */
const kitWorkers = 5;
const longRuns = ['test/soak/*.test.ts'];
/** Tests of random input or moments that a long run repeats more often. */
const repeated = [
  'test/http/hostile-input.test.ts',
  'test/accounts/killed-refresh.test.ts',
  'test/config/yaml/apply-edits.property.test.ts',
  'test/gateway/formats/conversations.property.test.ts',
];
const browser = ['test/ui/**/*.test.ts'];

/** Projects run one after the other, in the order of the list below. */
let order = 0;
function project(name: string, include: readonly string[], more: TestProjectInlineConfiguration['test'] = {}) {
  order += 1;
  return {
    // The electron package downloads a binary when it is imported: a stray import must fail loudly instead.
    resolve: { alias: { electron: new URL('./test/support/no-electron.ts', import.meta.url).pathname } },
    test: {
      name,
      include: [...include],
      maxWorkers: 2,
      sequence: { groupOrder: order },
      // A test that hangs must end; a test on a busy machine must not.
      testTimeout: 120_000,
      hookTimeout: 120_000,
      expect: { poll: { timeout: 30_000 } },
      ...more,
    },
  };
}

export default defineConfig({
  test: {
    reporters: ['default', countsReporter],
    projects: [
      project('unit', ['test/**/*.test.ts'], {
        exclude: [...onLoginPorts, ...onElectron, ...kits, ...longRuns, ...browser],
      }),
      project('exclusive-ports', onLoginPorts, { fileParallelism: false, maxWorkers: 1 }),
      project('browser', browser, { globalSetup: ['test/ui/support/browser-servers.ts'] }),
      project('electron', onElectron),
      project('sample', kits, { maxWorkers: kitWorkers, provide: { everyCase: false } }),
      project('conformance', kits, { maxWorkers: kitWorkers, provide: { everyCase: true } }),
      project('soak', [...longRuns, ...repeated], {
        env: { SOAK: '1', KILLS: '100', YAML_RUNS: '50000' },
        fileParallelism: false,
        maxWorkers: 1,
      }),
    ],
  },
});
