// Accounts of an earlier installation, offered for copying.
import { Button } from '@mantine/core';
import { attempt, toastDone } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, useRead } from '../../state/client.ts';

export function FoundAccounts() {
  const t = useText();
  const found = useRead('found-accounts.get').data;
  const usable = found?.files.filter(({ unsupported }) => unsupported === undefined) ?? [];
  if (found === undefined || usable.length === 0) return null;
  const kinds = [...Map.groupBy(usable, ({ type }) => type || t('home.first.unknownKind'))];
  const copyHere = () =>
    attempt(t('home.first.copyFailed'), async () => {
      const { copied } = await call('found-accounts.copy');
      toastDone({ title: t('home.first.copied', { count: copied }) });
    });
  return (
    <div className="sunken row found">
      <div className="grow">
        <div>
          {t('home.first.found', { count: usable.length })} <code>{found.directory}</code>
        </div>
        <div className="second">
          {kinds.map(([kind, files]) => `${files.length} ${kind}`).join(', ')}. {t('home.first.originalsStay')}
        </div>
      </div>
      <Button variant="filled" onClick={() => void copyHere()}>
        {t('home.first.copyHere')}
      </Button>
    </div>
  );
}
