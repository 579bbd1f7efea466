// Changes of the config side by side with what they change: one's own before they are saved, and somebody else's.
import { Button } from '@mantine/core';
import { SideDrawer } from '../../components/drawer.tsx';
import { countChangedLines } from '../../components/line-diff.ts';
import { useText } from '../../i18n/i18n.ts';
import { DiffArea } from './diff-area.tsx';
import type { ConfigDocument } from './use-document.ts';

interface ReviewDrawerProps {
  readonly document: ConfigDocument;
  readonly onClose: () => void;
}

export function ReviewDrawer({ document, onClose }: ReviewDrawerProps) {
  const t = useText();
  const { base, draft } = document;
  const save = async () => {
    if (await document.save()) onClose();
  };
  return (
    <SideDrawer
      title={t('config.reviewTitle', { count: countChangedLines(base, draft) })}
      note={t('config.reviewNote')}
      width={620}
      onClose={onClose}
      foot={
        <>
          <span className="second grow">{t('config.keptInHistory')}</span>
          <Button onClick={onClose}>{t('config.back')}</Button>
          <Button variant="filled" data-autofocus onClick={() => void save()}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <DiffArea label={t('config.changes')} before={base} after={draft} />
    </SideDrawer>
  );
}

interface CompareDrawerProps {
  readonly theirs: string;
  readonly draft: string;
  readonly onClose: () => void;
}

export function CompareDrawer({ theirs, draft, onClose }: CompareDrawerProps) {
  const t = useText();
  return (
    <SideDrawer
      title={t('config.compareTitle')}
      note={t('config.compareNote')}
      width={620}
      onClose={onClose}
      foot={
        <>
          <span className="grow" />
          <Button data-autofocus onClick={onClose}>
            {t('config.back')}
          </Button>
        </>
      }
    >
      <DiffArea label={t('config.changes')} before={theirs} after={draft} />
    </SideDrawer>
  );
}
