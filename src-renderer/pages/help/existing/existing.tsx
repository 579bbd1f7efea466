// Takes over what other installations on this computer have: found, told key by key and file by file, and copied.
import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { PageHead } from '../../../components/page.tsx';
import { Empty, Loaded } from '../../../components/states.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { invalidate, useRead } from '../../../state/client.ts';
import { FoundInstallation } from './found-installation.tsx';

const exampleFolder = '~/cliproxyapi';

export function Existing({ tabs }: { readonly tabs: ReactNode }) {
  const t = useText();
  const [written, setWritten] = useState('');
  const [directory, setDirectory] = useState('');
  const list = useRead('installations.list', directory === '' ? {} : { directory });
  useEffect(() => {
    // Files of other programs change without a word.
    void invalidate('installations.list');
  }, []);
  return (
    <div className="page">
      <PageHead title={t('pages.help')} note={t('existing.note')} />
      {tabs}
      <div id="help-panel" role="tabpanel" aria-label={t('existing.tab')} className="existing">
        <form
          className="row existing-folder"
          onSubmit={(event) => {
            event.preventDefault();
            setDirectory(written.trim());
          }}
        >
          <TextInput
            className="grow"
            aria-label={t('existing.folder')}
            placeholder={exampleFolder}
            value={written}
            onChange={({ currentTarget }) => setWritten(currentTarget.value)}
          />
          <Button type="submit" disabled={list.isFetching || written.trim() === ''}>
            {t('existing.look')}
          </Button>
          {directory !== '' && (
            <Button
              onClick={() => {
                setWritten('');
                setDirectory('');
              }}
            >
              {t('existing.usualPlaces')}
            </Button>
          )}
        </form>
        <Loaded query={list} failure={t('existing.failed')} rows={6}>
          {({ installations }) =>
            installations.length === 0 ? (
              <Empty title={t('existing.none')}>
                {t(directory === '' ? 'existing.noneNote' : 'existing.nothingThere')}
              </Empty>
            ) : (
              installations.map((installation) => (
                <FoundInstallation
                  key={`${installation.config?.file} ${installation.accounts?.directory}`}
                  installation={installation}
                />
              ))
            )
          }
        </Loaded>
      </div>
    </div>
  );
}
