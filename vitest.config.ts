import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // The electron package downloads a binary when it is imported: a stray import must fail loudly instead.
    alias: { electron: new URL('./test/support/no-electron.ts', import.meta.url).pathname },
  },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
