// Reading acts of the desktop shell.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { DesktopInput, DesktopOperation, DesktopOutput } from '../../src-shared/desktop-contract.ts';
import { shell, transport } from './client.ts';

type Reading = { [K in DesktopOperation]: undefined extends DesktopInput<K> ? K : never }[DesktopOperation];

/** What the shell answers; asks only in the desktop app. */
export function useShell<K extends Reading>(name: K): UseQueryResult<DesktopOutput<K>> {
  const ask = shell as (name: K) => Promise<DesktopOutput<K>>;
  return useQuery({ queryKey: [name], queryFn: () => ask(name), enabled: transport.desktop });
}
