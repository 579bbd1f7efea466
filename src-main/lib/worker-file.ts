// Where the code of a worker thread lies.

export interface WorkerLocation {
  /** Name of the file without its extension. */
  readonly name: string;
  /** `import.meta.url` of the module in the same folder that uses it. */
  readonly nextTo: string;
}

/** In the source it is next to the module that uses it; in a build it is one of the entries. */
export function workerFile({ name, nextTo }: WorkerLocation): URL {
  if (nextTo.endsWith('.ts')) return new URL(`./${name}.ts`, nextTo);
  // A bundler may put the module into a chunk, one folder below the entries.
  const folder = /\/chunks\/[^/]+$/.test(nextTo) ? '..' : '.';
  return new URL(`${folder}/${name}.js`, nextTo);
}
