// One account: its limits, what can be set in its file, and its models.
import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import { providerOfType, signInProviders } from '../../../../src-shared/providers.ts';
import { SideDrawer } from '../../../components/drawer.tsx';
import { useNow } from '../../../components/format.ts';
import { LimitMeter } from '../../../components/limit-meter.tsx';
import { limitName } from '../../../components/limit-window.ts';
import { maskEmail } from '../../../components/mask.ts';
import { useText } from '../../../i18n/i18n.ts';
import { useRead } from '../../../state/client.ts';
import { usePrivacy } from '../../../state/preferences.ts';
import { fileState } from '../../files/file-state.ts';
import { planText } from '../list/account-names.ts';
import { askLimits } from '../list/retry.ts';
import { AccountModels } from './account-models.tsx';
import { FieldsForm } from './fields-form.tsx';

interface AccountDrawerProps {
  readonly file: AccountFile;
  readonly onClose: () => void;
}

export function AccountDrawer({ file, onClose }: AccountDrawerProps) {
  const t = useText();
  const privacy = usePrivacy();
  const [tab, setTab] = useState<'settings' | 'models'>('settings');
  const limits = useRead('account-limits.list').data?.accounts.find(({ name }) => name === file.name);
  const provider = providerOfType(signInProviders, file.provider);
  const shown = (text: string) => (privacy ? maskEmail(text) : text);
  const facts = [provider?.title ?? file.provider, planText(t, file, limits), fileState(t, file).label];
  return (
    <SideDrawer
      title={shown(file.label || file.email || file.name)}
      note={shown(facts.join(' · '))}
      width={560}
      onClose={onClose}
      foot={
        <>
          <Button onClick={() => void askLimits(file.name)}>{t('accounts.askLimits')}</Button>
          <span className="grow" />
          <Button onClick={onClose}>{t('common.close')}</Button>
          {tab === 'settings' && (
            <Button type="submit" form="account-form" variant="filled">
              {t('common.save')}
            </Button>
          )}
        </>
      }
    >
      <div className="form">
        <AccountWindows limits={limits} name={shown(file.label || file.name)} />
        <SegmentedControl
          aria-label={t('account.parts')}
          value={tab}
          onChange={setTab}
          data={[
            { value: 'settings', label: t('account.settings') },
            { value: 'models', label: t('account.models') },
          ]}
        />
      </div>
      {tab === 'settings' ? (
        <FieldsForm id="account-form" names={[file.name]} fields={file} onSaved={onClose} />
      ) : (
        <AccountModels file={file} provider={provider?.id ?? file.provider} title={provider?.title ?? file.provider} />
      )}
    </SideDrawer>
  );
}

type Limits = Parameters<typeof planText>[2];

/** Every window there is, those of single models too. */
function AccountWindows({ limits, name }: { readonly limits: Limits; readonly name: string }) {
  const t = useText();
  const now = useNow();
  if (limits === undefined || limits.windows.length === 0) return <p className="second">{t('account.noLimits')}</p>;
  return (
    <dl className="account-windows">
      {limits.windows.map((window) => (
        <div key={`${window.id} ${window.model}`}>
          <dt className="second cut">{[limitName(window), window.model].filter(Boolean).join(', ')}</dt>
          <dd>
            <LimitMeter window={window} source={limits} name={`${name}, ${limitName(window)}`} now={now} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
