// What a provider answered to a test.

import { duration } from '../../components/format.ts';
import { Status } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import type { Probe } from './probes.ts';

interface TestResultProps {
  readonly probe: Probe;
  readonly short?: boolean;
}

export function TestResult({ probe, short = false }: TestResultProps) {
  const t = useText();
  if (!probe.ok) return <Status tone="error">{short ? t('providers.noAnswer') : probe.message}</Status>;
  const time = duration(probe.milliseconds);
  return <Status tone="ok">{short ? t('providers.works', { time }) : t('providers.passed', { time })}</Status>;
}
