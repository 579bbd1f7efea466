import { useText } from '../../i18n/i18n.ts';
import { PageHead } from '../../parts/page.tsx';

export function Help() {
  const t = useText();
  return (
    <div className="page">
      <PageHead title={t('pages.help')} />
    </div>
  );
}
