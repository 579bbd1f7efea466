// What a person should know before a tool is set up.
import type { AgentWarning } from '../../../src-shared/contract/agents.ts';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';

export function Warnings({ warnings }: { readonly warnings: readonly AgentWarning[] }) {
  const t = useText();
  if (warnings.length === 0) return null;
  return (
    <ul className="warnings">
      {warnings.map(({ code, subject }) => (
        <li key={`${code} ${subject}`}>
          <StatusIcon status="warn" />
          <span>{t(`tools.warnings.${code}`, { subject })}</span>
        </li>
      ))}
    </ul>
  );
}
