// The user's own tools: finding them, setting them up for the gateway, and putting their files back.
import { z } from 'zod';
import { operation } from '../operation.ts';

const agentFile = z.object({ file: z.string(), exists: z.boolean() });

const agent = z.object({
  id: z.string(),
  /** As its makers write it. */
  name: z.string(),
  /**
   * `file`: this program can write its settings; `environment`: variables do it; `by-hand`: its own dialogs do;
   * `none`: it cannot use a gateway on this machine.
   */
  support: z.enum(['file', 'environment', 'by-hand', 'none']),
  /** Its program was found, or a directory of its settings. */
  installed: z.boolean(),
  /** Path of its program, `''` when it was not found. */
  program: z.string(),
  /** `''` when its package does not say. */
  version: z.string(),
  /** It files conversations under our provider, which a restore can leave in its file. */
  filesConversations: z.boolean(),
  /** Set up by this program, and still so. */
  configured: z.boolean(),
  /**
   * `changed`: somebody has changed a key of ours since; `stale`: set up for an address or key that is not ours any more;
   * `invalid`: a file cannot be used as it is.
   */
  state: z.enum(['absent', 'configured', 'changed', 'stale', 'invalid']),
  /** Why, for `invalid`, and which keys, for `changed`; `''` otherwise. */
  message: z.string(),
  /** When it was set up last, RFC 3339; `''` when it is not. */
  written: z.string(),
  files: z.array(agentFile),
  /** Which of the config's client keys it was given; -1: none of them. */
  keyIndex: z.int(),
  /** What models are for, which are set now, and which of those that are served would fit; `''` for none. */
  slots: z.array(z.object({ id: z.string(), model: z.string(), suggested: z.string() })),
});
export type Agent = z.output<typeof agent>;

const change = z.object({
  file: z.string(),
  /** The text of the file; `''` when there is none. */
  before: z.string(),
  /** `''` when the file is removed. */
  after: z.string(),
  /** Unified diff with three lines of context. */
  diff: z.string(),
});
export type AgentChange = z.output<typeof change>;

const warning = z.object({
  code: z.enum([
    'sends-other-key',
    'environment-wins',
    'hides-conversations',
    'provider-disabled',
    'key-from-environment',
    'project-file-wins',
    'untrusted-folder',
    'older-file',
    'unknown-key',
    'unknown-model',
  ]),
  /** The key, variable or file it is about. */
  subject: z.string(),
});
export type AgentWarning = z.output<typeof warning>;

const text = z.string().min(1).max(500);

const options = z.object({
  /** A model for each slot. Those left out get what is suggested; of slots without `main` only when all are left out. */
  models: z.record(z.string(), text).default({}),
  /** Client key. Default: the one it was given before, else the first of the config. */
  key: text.optional(),
});
export type AgentOptions = z.output<typeof options>;

/** A key of a tool's file. */
const keptKey = z.object({ file: z.string(), key: z.string() });
export type KeptKey = z.output<typeof keptKey>;

const id = z.string();

export const agentsContract = {
  'agents.list': operation({
    summary: "The user's tools: which are installed, and which are set up for this gateway",
    input: z.undefined(),
    output: z.object({ agents: z.array(agent) }),
    http: { method: 'GET', path: '/agents' },
  }),
  'agents.preview': operation({
    summary: 'What setting a tool up, or putting its files back, would change; writes nothing',
    input: z.object({
      id,
      action: z.enum(['apply', 'restore']).default('apply'),
      options: options.prefault({}),
      /** As in `agents.restore`. */
      keepProvider: z.boolean().default(false),
    }),
    output: z.object({
      changes: z.array(change),
      warnings: z.array(warning),
      /** Keys of ours with a value that somebody has given them since. */
      kept: z.array(keptKey),
      /** Variables to set, for tools that read no file. */
      variables: z.record(z.string(), z.string()),
      /** Of the files as they are; `agents.apply` refuses to work on others. */
      revision: z.string(),
    }),
    http: { method: 'POST', path: '/agents/preview', body: 'json' },
  }),
  'agents.apply': operation({
    summary: 'Set a tool up: writes only our own keys into its files and leaves every other byte as it is',
    input: z.object({
      id,
      options: options.prefault({}),
      /** From the preview that the user has seen. */
      revision: z.string().optional(),
      /** Also keys of ours that somebody has given another value since. */
      overwrite: z.boolean().default(false),
    }),
    output: z.object({ files: z.array(z.string()), warnings: z.array(warning) }),
    http: { method: 'POST', path: '/agents/apply', body: 'json' },
  }),
  'agents.restore': operation({
    summary: 'Take out of the files of a tool what was written, and give back what stood there',
    input: z.object({
      id,
      /** Leaves our provider in the file, so that conversations with it can go on. */
      keepProvider: z.boolean().default(false),
    }),
    output: z.object({ files: z.array(z.string()), kept: z.array(keptKey) }),
    http: { method: 'POST', path: '/agents/restore', body: 'json' },
  }),
  'agents.verify': operation({
    summary: 'Have a tool ask for one short answer, and say whether its request came here',
    input: z.object({ id }),
    output: z.object({
      /** `answered`: through the gateway; `failed`: it came here and was not answered; `elsewhere`: nothing came here. */
      outcome: z.enum(['answered', 'failed', 'elsewhere', 'not-set-up', 'no-program', 'timeout']),
      /** The model that it asked for, and why it failed; `''` otherwise. */
      model: z.string(),
      cause: z.string(),
      milliseconds: z.int().min(0),
      /** Variables of this program's environment that may win over the file. */
      variables: z.array(z.string()),
      /** The end of what the tool printed, without keys. */
      output: z.string(),
    }),
    http: { method: 'POST', path: '/agents/verify', body: 'json' },
  }),
};
