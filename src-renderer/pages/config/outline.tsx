// The keys of the document with their lines, to go to.

import { whole } from '../../components/format.ts';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { configKeys, keyAt } from './keys.ts';
import { outlineOf } from './yaml-scalar.ts';

interface OutlineProps {
  readonly text: string;
  readonly errorLine: number;
  readonly onGo: (line: number) => void;
}

export function Outline({ text, errorLine, onGo }: OutlineProps) {
  const t = useText();
  const keys = outlineOf(text);
  const faulty = errorLine > 0 ? keys.findLast(([, line]) => line <= errorLine)?.[0] : undefined;
  return (
    <nav aria-label={t('config.outline')} className="outline wide-only">
      <h2 className="second">{t('config.outline')}</h2>
      <ul>
        {keys.map(([key, line]) => (
          <li key={`${key} ${line}`}>
            <button type="button" className="plain row outline-key" onClick={() => onGo(line)}>
              <span className={`cut grow mono ${key === faulty ? 't-error' : keyAt(configKeys, key) ? '' : 'dim'}`}>
                {key}
              </span>
              {key === faulty && <StatusIcon status="error" />}
              <span className="second">{whole(line)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
