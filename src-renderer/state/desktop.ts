// Reading actions of the desktop app.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { DesktopInput, DesktopOperation, DesktopOutput } from '../../src-shared/desktop-contract.ts';
import { callDesktop, transport } from './client.ts';

type ReadAction = { [K in DesktopOperation]: undefined extends DesktopInput<K> ? K : never }[DesktopOperation];

/** The response of the desktop app; asks only in the desktop app. */
export function useDesktopRead<K extends ReadAction>(name: K): UseQueryResult<DesktopOutput<K>> {
  const ask = callDesktop as (name: K) => Promise<DesktopOutput<K>>;
  return useQuery({ queryKey: [name], queryFn: () => ask(name), enabled: transport.desktop });
}
