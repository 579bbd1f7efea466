// The fields of several account files at once.
import { Button } from '@mantine/core';
import { SideDrawer } from '../../../components/drawer.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { FieldsForm } from './fields-form.tsx';

interface BatchDrawerProps {
  readonly names: readonly string[];
  readonly onClose: () => void;
}

export function BatchDrawer({ names, onClose }: BatchDrawerProps) {
  const t = useText();
  return (
    <SideDrawer
      title={t('account.batch', { count: names.length })}
      width={560}
      onClose={onClose}
      foot={
        <>
          <span className="grow" />
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="batch-form" variant="filled">
            {t('common.save')}
          </Button>
        </>
      }
    >
      <FieldsForm id="batch-form" names={names} fields={undefined} onSaved={onClose} />
    </SideDrawer>
  );
}
