// One other installation: what of it would be used here, what is chosen of it, and what came of copying it.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CopyOutput, Installation } from '../../../../src-shared/contract/installations.ts';
import { maskEmail } from '../../../components/mask.ts';
import { Banner, Head } from '../../../components/page.tsx';
import { StatusText } from '../../../components/status-icon.tsx';
import { attempt, toastDone } from '../../../components/toast.tsx';
import { type Text, useText } from '../../../i18n/i18n.ts';
import { call, invalidate } from '../../../state/client.ts';
import { usePrivacy } from '../../../state/preferences.ts';
import { type Part, PartRows } from './part-rows.tsx';
import { fileParts, keyParts, programName } from './parts.ts';

export function FoundInstallation({ installation }: { readonly installation: Installation }) {
  const t = useText();
  const privacy = usePrivacy();
  const { program, config, accounts } = installation;
  const shown = (text: string) => (privacy ? maskEmail(text) : text);
  const keys = keyParts(t, config?.keys ?? []);
  const files = fileParts(t, accounts?.files ?? [], shown);
  const [chosenKeys, setKeys] = useState(() => usedOf(keys));
  const [chosenFiles, setFiles] = useState(() => usedOf(files));
  const [isCopying, setCopying] = useState(false);
  const [result, setResult] = useState<CopyOutput>();
  const counts = countText(t, chosenKeys.size, chosenFiles.size);
  const copy = async () => {
    setCopying(true);
    await attempt(t('existing.copyFailed'), async () => {
      const copied = await call('installations.copy', {
        ...(config && chosenKeys.size > 0 && { config: { file: config.file, keys: [...chosenKeys] } }),
        ...(accounts &&
          chosenFiles.size > 0 && { accounts: { directory: accounts.directory, names: [...chosenFiles] } }),
      });
      setResult(copied);
      toastDone({
        title: t('existing.copied', { what: countText(t, copied.keys.length, copied.accounts.length) }),
        ...(copied.keys.length > 0 && { detail: t('existing.historyNote') }),
      });
      setKeys(new Set());
      setFiles(new Set());
    });
    await invalidate('installations.list', 'auth-files.list', 'config.get');
    setCopying(false);
  };
  return (
    <section className="existing-found" aria-label={programName(t, program)}>
      <Head>{programName(t, program)}</Head>
      {config && (
        <PartRows title={t('existing.config')} place={config.file} parts={keys} chosen={chosenKeys} onChoose={setKeys}>
          {config.problem && (
            <Banner status="error">
              <strong>{t('existing.cannotRead')}</strong>
              <div>
                {t('existing.place', config.problem)}: {config.problem.message}
              </div>
            </Banner>
          )}
        </PartRows>
      )}
      {accounts ? (
        <PartRows
          title={t('existing.accounts')}
          place={accounts.directory}
          parts={files}
          chosen={chosenFiles}
          onChoose={setFiles}
        >
          {accounts.omitted > 0 && <p className="second">{t('existing.omitted', { count: accounts.omitted })}</p>}
        </PartRows>
      ) : (
        config?.problem === undefined && <p className="second">{t('existing.sharedAccounts')}</p>
      )}
      {result && <Result result={result} shown={shown} />}
      <div className="row existing-foot">
        <span className="second grow">
          {counts === '' ? t('existing.nothingChosen') : t('existing.chosen', { what: counts })}
        </span>
        <Button variant="filled" disabled={counts === '' || isCopying} onClick={() => void copy()}>
          {t('existing.copy')}
        </Button>
      </div>
    </section>
  );
}

function Result({ result, shown }: { readonly result: CopyOutput; readonly shown: (text: string) => string }) {
  const t = useText();
  const { keys, accounts, skipped } = result;
  const counts = countText(t, keys.length, accounts.length);
  return (
    <div className="sunken existing-result" role="status">
      {counts !== '' && <StatusText status="ok">{t('existing.copied', { what: counts })}</StatusText>}
      {accounts.length > 0 && <p>{t('existing.stopOther')}</p>}
      {skipped.length > 0 && (
        <>
          <StatusText status="warn">{t('existing.skipped', { count: skipped.length })}</StatusText>
          <ul className="second">
            {skipped.map(({ name, message }) => (
              <li key={name}>
                <code>{shown(name)}</code> {message}
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="row">
        {accounts.length > 0 && <Link to="/accounts">{t('existing.toAccounts')}</Link>}
        {keys.length > 0 && <Link to="/config">{t('existing.toConfig')}</Link>}
      </div>
    </div>
  );
}

const usedOf = (parts: readonly Part[]): ReadonlySet<string> =>
  new Set(parts.filter(({ group, isFixed }) => group === 'used' && !isFixed).map(({ name }) => name));

/** `3 settings, 2 account files`; `''` for nothing. */
function countText(t: Text, keys: number, files: number): string {
  const parts = [
    ...(keys > 0 ? [t('existing.copyKeys', { count: keys })] : []),
    ...(files > 0 ? [t('existing.copyFiles', { count: files })] : []),
  ];
  return parts.join(', ');
}
