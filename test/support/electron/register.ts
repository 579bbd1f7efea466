// `node --import register.ts out/main.js`: lets a built main file find the stand-in where it asks for electron.
import { registerHooks } from 'node:module';

const standIn = new URL('./index.ts', import.meta.url).href;
/** Electron's module has its names and, as CommonJS has, the whole as its default. */
const wrapper = 'stand-in:electron';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: wrapper, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === wrapper
      ? {
          format: 'module',
          shortCircuit: true,
          source: `export * from '${standIn}'; import * as all from '${standIn}'; export default all;`,
        }
      : next(url, context),
});
