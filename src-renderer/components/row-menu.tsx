// The menu of a row. It is built when it is first opened: hundreds of rows each with a menu of their own are slow.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/i18n.ts';

interface RowMenuProps {
  /** What the row is about. */
  readonly name: string;
  readonly children: () => ReactNode;
}

export function RowMenu({ name, children }: RowMenuProps) {
  const t = useText();
  const [used, setUsed] = useState(false);
  const label = t('common.more', { name });
  const dots = <IconDots size={16} stroke={1.5} />;
  if (!used) {
    return (
      <ActionIcon aria-label={label} aria-haspopup="menu" onClick={() => setUsed(true)}>
        {dots}
      </ActionIcon>
    );
  }
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>
        <ActionIcon aria-label={label}>{dots}</ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children()}</Menu.Dropdown>
    </Menu>
  );
}
