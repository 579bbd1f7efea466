// The sidebar of a narrow window: a sheet over the page, which goes when a page is chosen.
import { Drawer } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { useFocusBack } from '../components/use-focus-back.ts';
import { useText } from '../i18n/i18n.ts';
import { Sidebar } from './sidebar.tsx';

export function PageSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const { pathname } = useLocation();
  const openedOn = useRef(pathname);
  useFocusBack();
  useEffect(() => {
    if (pathname !== openedOn.current) onClose();
  }, [pathname, onClose]);
  return (
    <Drawer.Root opened onClose={onClose} size={240} position="left" padding={0} lockScroll={false}>
      <Drawer.Overlay backgroundOpacity={0} className="scrim" />
      <Drawer.Content className="page-sheet" aria-label={t('sidebar.label')}>
        <Sidebar />
      </Drawer.Content>
    </Drawer.Root>
  );
}
