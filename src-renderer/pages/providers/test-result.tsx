// What a provider answered to a test.

import { duration } from '../../components/format.ts';
import { StatusText } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import type { Probe } from './probes.ts';

interface TestResultProps {
  readonly probe: Omit<Probe, 'at'>;
  readonly short?: boolean;
}

export function TestResult({ probe, short = false }: TestResultProps) {
  const t = useText();
  if (!probe.ok) return <StatusText status="error">{short ? t('providers.noAnswer') : probe.message}</StatusText>;
  if (probe.model === '') return <StatusText status="ok">{t('providers.listed')}</StatusText>;
  const time = duration(probe.milliseconds);
  return (
    <StatusText status="ok">{short ? t('providers.works', { time }) : t('providers.passed', { time })}</StatusText>
  );
}
