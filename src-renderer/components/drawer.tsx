// A drawer from the right with a fixed foot: to read or log in 440 px, to edit 560, to compare 620.
import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../i18n/i18n.ts';
import { useFocusBack } from './use-focus-back.ts';

interface SideDrawerProps {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly width: 440 | 560 | 620;
  readonly onClose: () => void;
  readonly foot: ReactNode;
  readonly children: ReactNode;
}

/** Focus starts on what carries `data-autofocus`, never on Close. */
export function SideDrawer({ title, note, width, onClose, foot, children }: SideDrawerProps) {
  const t = useText();
  useFocusBack();
  return (
    // The page behind never scrolls as a whole, and the scroll lock would put a style element into the document.
    <Drawer.Root opened onClose={onClose} size={width} position="right" padding={0} lockScroll={false}>
      <Drawer.Overlay backgroundOpacity={0} className="scrim" />
      <Drawer.Content>
        <Drawer.Header>
          <div className="grow">
            <Drawer.Title className="head cut">{title}</Drawer.Title>
            {note && <p className="second cut">{note}</p>}
          </div>
          <Drawer.CloseButton aria-label={t('common.close')} />
        </Drawer.Header>
        <Drawer.Body>{children}</Drawer.Body>
        <footer>{foot}</footer>
      </Drawer.Content>
    </Drawer.Root>
  );
}
