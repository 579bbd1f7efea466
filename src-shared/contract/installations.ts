// Other installations on this computer whose config and accounts can be copied here.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nonEmpty, present } from '../wire.ts';
import { configNotice } from './config.ts';

const maxPathLength = 4096;
const filePath = z.string().min(1).max(maxPathLength);

/** What becomes of a key or file that is copied: it works here, stays without effect, or is not copied at all. */
const use = z.enum(['used', 'kept', 'refused']);

const foundKey = z.object({
  /** At the top of the config. */
  key: z.string(),
  /** Both from 1. */
  line: z.int().min(1),
  column: z.int().min(1),
  use,
  /** Why it is not simply used. */
  message: z.string().optional(),
  /** What has no effect, or an unsafe one, below the key. Sentences without values. */
  notices: z.array(configNotice.omit({ column: true })),
});

const foundFile = z.object({
  name: z.string(),
  /** Such as `claude`; empty where the file does not say. */
  type: z.string(),
  use,
  message: z.string().optional(),
  /** Whether a file of this name is here already, which is never overwritten. */
  exists: z.boolean(),
});

const foundConfig = z.object({
  file: z.string(),
  keys: z.array(foundKey),
  /** Why nothing of it can be copied; line and column are from 1. */
  problem: z.object({ message: z.string(), line: z.int(), column: z.int() }).optional(),
});

const foundDirectory = z.object({
  directory: z.string(),
  files: z.array(foundFile),
  /** Further files that are not listed. */
  omitted: z.int().min(0),
});

const installation = z.object({
  program: z.enum(['cli-proxy-api', 'easycli', 'homebrew', 'proxypal', 'quotio', 'vibeproxy', 'chosen']),
  config: foundConfig.optional(),
  /** Absent where this program uses the same directory. */
  accounts: foundDirectory.optional(),
});

export type FoundKey = Readonly<z.output<typeof foundKey>>;
export type FoundFile = Readonly<z.output<typeof foundFile>>;
export type FoundConfig = Readonly<z.output<typeof foundConfig>>;
export type FoundDirectory = Readonly<z.output<typeof foundDirectory>>;
export type Installation = Readonly<z.output<typeof installation>>;
export type InstalledProgram = Installation['program'];

const copyInput = z.object({
  /** Keys at the top of a config that was found. */
  config: z.object({ file: filePath, keys: z.array(z.string()).max(1000) }).optional(),
  /** Files in a directory that was found. */
  accounts: z.object({ directory: filePath, names: z.array(z.string()).max(1000) }).optional(),
});
export type CopyInput = Readonly<z.output<typeof copyInput>>;

const copyOutput = z.object({
  keys: z.array(z.string()),
  accounts: z.array(z.string()),
  /** What was chosen and not copied, with the reason. */
  skipped: z.array(z.object({ name: z.string(), message: z.string() })),
});
export type CopyOutput = z.output<typeof copyOutput>;

export const installationsContract = {
  'installations.list': operation({
    summary: 'Find configs and accounts of other installations, in the usual places or in one directory',
    input: z.object({ directory: z.string().max(maxPathLength).optional() }),
    output: z.object({ installations: z.array(installation) }),
    http: {
      method: 'GET',
      path: '/installations',
      query: ['directory'],
      decode: ({ query }) => present({ directory: nonEmpty(query.directory) }),
    },
  }),
  'installations.copy': operation({
    summary: 'Copy keys of a config and account files of another installation here; the originals stay as they are',
    input: copyInput,
    output: copyOutput,
    http: { method: 'POST', path: '/installations', body: 'json' },
  }),
};
