// A report to attach to a question: settings, account states and the last log lines, without keys, tokens and e-mails.
import os from 'node:os';
import type { Config } from '../../src-shared/config.ts';
import type { AccountFile } from '../../src-shared/contract/auth-files.ts';
import { maskUrlUserInfo } from '../lib/mask.ts';

const secretName = /key|token|secret|password|cookie|header/i;

/** Replaces the values of secret fields; a list of keys becomes its length. */
function withoutSecrets(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return secretName.test(name) ? `${value.length} entries` : value;
  if (secretName.test(name) && (typeof value === 'string' || typeof value === 'object'))
    return value ? '(hidden)' : value;
  return typeof value === 'string' ? maskUrlUserInfo(value) : value;
}

/** Word by word: a pattern that looks for what stands before an @ begins again at each letter of a long word. */
const withoutEmails = (text: string) =>
  text.replace(/[^\s"'()<>]+/g, (word) => (word.split('@').slice(1).some(isDomain) ? '(e-mail)' : word));

function isDomain(text: string): boolean {
  const dot = text.indexOf('.', 1);
  return dot > 0 && dot < text.length - 1;
}

const withoutKeys = (text: string) => text.replace(/\b(sk-|AIza|ya29\.|eyJ)[\w.-]+/g, '$1(hidden)');

export interface DiagnosticsInput {
  readonly version: string;
  readonly address: string;
  readonly config: Config;
  readonly accounts: readonly AccountFile[];
  readonly logLines: readonly string[];
}

export function diagnosticsText({ version, address, config, accounts, logLines }: DiagnosticsInput): string {
  const states = Map.groupBy(accounts, ({ provider, status }) => `${provider || 'unknown'} ${status}`);
  const text = [
    `CLI Proxy Desktop ${version}, ${os.type()} ${os.release()} ${os.arch()}, Node ${process.version}`,
    `Address ${address}, running for ${Math.round(process.uptime())} s`,
    '',
    'Config',
    JSON.stringify(config, withoutSecrets, 2),
    '',
    'Accounts',
    ...[...states].map(([state, files]) => `${files.length} ${state}`),
    '',
    'Log',
    ...logLines,
    '',
  ].join('\n');
  return withoutKeys(withoutEmails(text));
}
