// The model that was asked for, and the one that answered where it has another name.
import { useText } from '../i18n/i18n.ts';

interface ModelNameProps {
  readonly asked: string;
  readonly used?: string | null;
}

const headLength = 14;
const tailLength = 10;

/** A name that is cut in its middle keeps its end, where versions stand. */
function Name({ value, className = '' }: { readonly value: string; readonly className?: string }) {
  if (value.length <= headLength + tailLength) {
    return (
      <span className={`cut ${className}`} title={value}>
        {value}
      </span>
    );
  }
  return (
    <span className={`middle-cut ${className}`} title={value}>
      <span className="cut">{value.slice(0, -tailLength)}</span>
      <span>{value.slice(-tailLength)}</span>
    </span>
  );
}

export function ModelName({ asked, used }: ModelNameProps) {
  const t = useText();
  if (!used || used === asked) return <Name value={asked} />;
  return (
    <span className="model-name">
      <Name value={asked} />
      <span className="dim" role="img" aria-label={t('common.answeredBy')}>
        →
      </span>
      <Name value={used} className="dim" />
    </span>
  );
}
