// One build for the three places our code runs in: the page, the main process (Electron or plain Node), the preload.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import pkg from './package.json' with { type: 'json' };
import { writeThirdPartyNotices } from './scripts/third-party-notices.ts';

const external = ['electron', /^node:/, ...builtinModules];

/** The short commit, `unknown` outside a checkout. */
function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return 'unknown';
  }
}

const define = {
  __APP_VERSION__: JSON.stringify(pkg.version),
  __APP_COMMIT__: JSON.stringify(commit()),
  __APP_BUILD_DATE__: JSON.stringify(new Date().toISOString()),
  // The subject of the certificate that signs the Windows builds. Without it they do not update themselves.
  __WINDOWS_PUBLISHER__: JSON.stringify(process.env.WINDOWS_PUBLISHER ?? ''),
};

/** The packages of which one environment contains a module; the preload contains none. */
const license = { fileName: 'licenses.json' } as const;

const node = { outDir: '../out', emptyOutDir: false, target: 'node24', ssr: true, minify: false } as const;

/** Chunks carry a hash in their names: without this, those of earlier builds would be packed too. */
const freshChunks: Plugin = {
  name: 'fresh-chunks',
  applyToEnvironment: ({ name }) => name === 'main',
  buildStart: () => rmSync(new URL('./out/chunks', import.meta.url), { recursive: true, force: true }),
};

/** A shared file is named after all that share it, joined by `~`; the server serves plain names only. */
const assetName = (name: string) => `assets/${name.split(/[~.]/)[0]}-[hash]`;

export default defineConfig({
  root: 'src-renderer',
  base: './',
  plugins: [react(), freshChunks],
  define,
  // `npm run dev` shows the page with live reload; a running server answers it.
  server: { proxy: { '/v0': process.env.CLI_PROXY_ADDRESS ?? 'http://127.0.0.1:8317' } },
  builder: {
    buildApp: async (builder) => {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
      writeThirdPartyNotices(new URL('./out/', import.meta.url), [license.fileName, `renderer/${license.fileName}`]);
    },
  },
  environments: {
    client: {
      build: {
        outDir: '../out/renderer',
        emptyOutDir: true,
        license,
        rolldownOptions: {
          output: {
            chunkFileNames: ({ name }) => `${assetName(name)}.js`,
            assetFileNames: ({ names: [name = ''] }) => `${assetName(name)}[extname]`,
            // Modules that pages share would otherwise be a file each, asked for one by one. A larger threshold makes
            // fewer files, of which the first page needs less.
            codeSplitting: {
              groups: [
                { name: 'start', tags: ['$initial'] },
                { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 4000 },
              ],
            },
          },
        },
      },
    },
    main: {
      consumer: 'server',
      keepProcessEnv: true,
      define,
      // Everything but electron is bundled, so that a package holds only `out/` and headless needs no node_modules.
      resolve: { noExternal: true },
      build: {
        ...node,
        sourcemap: true,
        license,
        rolldownOptions: {
          input: {
            main: 'src-main/main.ts',
            headless: 'src-main/headless.ts',
            'backup-worker': 'src-main/backup/backup-worker.ts',
            'bcrypt-worker': 'src-main/management-auth/bcrypt-worker.ts',
            'sqlite-worker': 'src-main/storage/sqlite/sqlite-worker.ts',
            'log-thread-worker': 'src-main/gateway/request-logs/log-thread-worker.ts',
          },
          external,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        ...node,
        rolldownOptions: {
          input: { preload: 'src-main/preload.ts' },
          external: ['electron'],
          // A sandboxed preload must be one CommonJS file; the ending says so inside a package of modules.
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
});
