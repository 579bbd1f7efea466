import { defineConfig } from 'vitest/config';

/** Tests that listen on the providers' own login ports, which the machine has only once: one file at a time. */
const withLoginPorts = [
  'test/conformance/management.test.ts',
  'test/conformance/oauth/*.test.ts',
  'test/login/{leaks,logins}.test.ts',
  'test/electron/desktop-login.test.ts',
  'test/ui/{access-pages,login-under-way}.test.ts',
];

// The electron package downloads a binary when it is imported: a stray import must fail loudly instead.
const resolve = { alias: { electron: new URL('./test/support/no-electron.ts', import.meta.url).pathname } };
const limits = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          ...limits,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: withLoginPorts,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve,
        test: {
          ...limits,
          name: 'exclusive-ports',
          include: withLoginPorts,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
