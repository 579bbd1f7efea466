// Reading acts of the desktop shell.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ShellInput, ShellOperation, ShellOutput } from '../../src-shared/desktop-contract.ts';
import { shell, transport } from './client.ts';

type Reading = { [K in ShellOperation]: undefined extends ShellInput<K> ? K : never }[ShellOperation];

/** What the shell answers; asks only in the desktop app. */
export function useShell<K extends Reading>(name: K): UseQueryResult<ShellOutput<K>> {
  const ask = shell as (name: K) => Promise<ShellOutput<K>>;
  return useQuery({ queryKey: [name], queryFn: () => ask(name), enabled: transport.desktop });
}
