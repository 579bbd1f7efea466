// What the tray's Copy menu puts into the clipboard.
import type { CopyKind } from './tray-item.ts';

type Variables = readonly (readonly [name: string, value: string])[];

const quoted = {
  bash: (value: string) => `'${value.replaceAll("'", "'\\''")}'`,
  powershell: (value: string) => `'${value.replaceAll("'", "''")}'`,
  fish: (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
  // In a batch file or at the prompt only percent signs and quotes have a meaning between quotes.
  cmd: (value: string) => value.replaceAll('%', '%%').replaceAll('"', ''),
};

const lines: Readonly<Record<'bash' | 'powershell' | 'cmd' | 'fish', (name: string, value: string) => string>> = {
  bash: (name, value) => `export ${name}=${quoted.bash(value)}`,
  powershell: (name, value) => `$env:${name} = ${quoted.powershell(value)}`,
  cmd: (name, value) => `set "${name}=${quoted.cmd(value)}"`,
  fish: (name, value) => `set -gx ${name} ${quoted.fish(value)}`,
};

/** `clientKey` is undefined while the proxy is open to this computer without a key. */
export function copyText(what: CopyKind, address: string, clientKey: string | undefined): string {
  if (what === 'base-url') return address;
  if (what === 'management-url') return `${address}/v0/management`;
  if (what === 'curl') {
    const header = clientKey === undefined ? '' : ` -H ${quoted.bash(`Authorization: Bearer ${clientKey}`)}`;
    return `curl ${address}/v1/models${header}`;
  }
  const key = clientKey ?? 'none';
  const variables: Variables = [
    ['OPENAI_BASE_URL', `${address}/v1`],
    ['OPENAI_API_KEY', key],
    ['ANTHROPIC_BASE_URL', address],
    ['ANTHROPIC_AUTH_TOKEN', key],
  ];
  return variables.map(([name, value]) => lines[what](name, value)).join('\n');
}
