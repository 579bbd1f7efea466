// The head of a table whose rows end with a menu.
import { useText } from '../i18n/i18n.ts';

export interface Column {
  readonly title: string;
  readonly className?: string;
}

export function TableHead({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ title, className }) => (
          <th key={title} scope="col" className={className}>
            {title}
          </th>
        ))}
        <MenuColumn />
      </tr>
    </thead>
  );
}

/** The column of the menus is named for screen readers only. */
export function MenuColumn() {
  const t = useText();
  return (
    <th scope="col" className="act">
      <span className="hidden">{t('common.actions')}</span>
    </th>
  );
}
