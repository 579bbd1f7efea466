// Where the server listens, who may manage it, and its version.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { integer } from '../settings.ts';
import { ok } from './helpers/done.ts';

const serverInfo = z.object({
  version: z.string(),
  platform: z.string(),
  /** Base address for clients. */
  address: z.string(),
  host: z.string(),
  port: z.int(),
  /** By which other devices reach this computer: its addresses in networks, and its name in the local one. */
  reachableAt: z.array(z.object({ interface: z.string().nullable(), host: z.string() })),
  /** What the command line sets instead of the config: a change of the config then changes nothing. */
  overridden: z.array(z.enum(['host', 'port'])),
  allowRemote: z.boolean(),
  /** A reason why nobody but this computer reaches the server although it is allowed, `''` otherwise. */
  loopbackReason: z.string(),
  configFile: z.string(),
  authDir: z.string(),
  logDirectory: z.string(),
  started: z.string(),
  /** When the config in force was read. */
  configRead: z.string(),
  /** The file on disk when it is not the config in force. */
  invalid: z.object({ message: z.string(), line: z.int(), column: z.int() }).optional(),
  /** Bytes of the log files. */
  logBytes: z.int().min(0),
});

export const serverContract = {
  'server-info.get': operation({
    summary: 'Where the server listens and what it works on',
    input: z.undefined(),
    output: serverInfo,
    http: { method: 'GET', path: '/server-info' },
  }),
  'latest-version.get': operation({
    summary: 'The newest version known; our own while no update source is set',
    input: z.undefined(),
    output: z.object({ 'latest-version': z.string() }),
    http: { method: 'GET', path: '/latest-version' },
  }),
  'server-settings.set': operation({
    summary: 'Change where the server listens and who may manage it from elsewhere',
    input: z.object({
      host: z.string().optional(),
      port: integer.optional(),
      allowRemote: z.boolean().optional(),
      /** Together with the host, so that nothing is open in the clear for a moment. Files that are left out stay. */
      tls: z.object({ enable: z.boolean(), cert: z.string().optional(), key: z.string().optional() }).optional(),
    }),
    output: ok,
    http: { method: 'PATCH', path: '/server-settings', body: 'json' },
  }),
  'management-key.replace': operation({
    summary: 'Make a new management key; the old one stops working',
    input: z.undefined(),
    output: z.object({ key: z.string() }),
    http: { method: 'POST', path: '/management-key' },
  }),
};
