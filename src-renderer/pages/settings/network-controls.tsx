// Controls of where the server listens and which proxy it uses.
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { duration } from '../../components/format.ts';
import { maskAddress } from '../../components/mask.ts';
import { StatusText } from '../../components/status-icon.tsx';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, useRead } from '../../state/client.ts';
import { closeNetwork, isLoopback, setServer } from '../../state/network.ts';
import { setSetting, useSetting } from '../../state/settings.ts';
import type { OperationOutput } from '../../transport/transport.ts';
import { CommittedNumber } from './controls.tsx';

const NetworkSheet = lazy(async () => ({ default: (await import('./network-sheet.tsx')).NetworkSheet }));

/** Under a control that the command line has the last word on. */
function Overridden() {
  return <p className="second">{useText()('settings.commandLine')}</p>;
}

export function PortControl({ label }: { readonly label: string }) {
  const info = useRead('server-info.get').data;
  const overridden = info?.overridden.includes('port') ?? false;
  return (
    <div>
      <CommittedNumber
        label={label}
        value={info?.port ?? 0}
        min={1}
        max={65535}
        disabled={overridden}
        onCommit={(next) => setServer({ port: next })}
      />
      {overridden && <Overridden />}
    </div>
  );
}

export function HostControl({ label }: { readonly label: string }) {
  const t = useText();
  const [opening, setOpening] = useState(false);
  const info = useRead('server-info.get').data;
  const host = info?.host ?? '127.0.0.1';
  const overridden = info?.overridden.includes('host') ?? false;
  return (
    <div>
      <SegmentedControl
        aria-label={label}
        disabled={overridden}
        data={[
          { value: '127.0.0.1', label: t('settings.thisComputer') },
          { value: '0.0.0.0', label: t('settings.localNetwork') },
        ]}
        value={isLoopback(host) ? '127.0.0.1' : '0.0.0.0'}
        onChange={(value) => (value === '0.0.0.0' ? setOpening(true) : void closeNetwork())}
      />
      {overridden && <Overridden />}
      {opening && (
        <Suspense>
          <NetworkSheet onClose={() => setOpening(false)} />
        </Suspense>
      )}
    </div>
  );
}

type Probe = OperationOutput<'proxy-test.run'>;

export function ProxyControl({ label }: { readonly label: string }) {
  const t = useText();
  const value = useSetting('proxy-url') ?? '';
  const [draft, setDraft] = useState(value);
  const [focused, setFocused] = useState(false);
  const [probe, setProbe] = useState<Probe | 'running'>();
  useEffect(() => setDraft(value), [value]);
  const commit = async () => {
    setFocused(false);
    const next = draft.trim();
    if (next !== value && !(await setSetting('proxy-url', next))) setDraft(value);
  };
  const test = async () => {
    setProbe('running');
    await attempt(t('settings.testFailed'), async () => setProbe(await call('proxy-test.run', { url: draft.trim() })));
    setProbe((now) => (now === 'running' ? undefined : now));
  };
  return (
    <div className="wide">
      <div className="row">
        <TextInput
          aria-label={label}
          className="grow"
          data-mono
          placeholder={t('settings.noProxy')}
          // User and password are only shown while they are edited.
          value={focused ? draft : maskAddress(draft)}
          onFocus={() => setFocused(true)}
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            setProbe(undefined);
          }}
          onBlur={() => void commit()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') setDraft(value);
          }}
        />
        <Button disabled={draft.trim() === '' || probe === 'running'} onClick={() => void test()}>
          {t('settings.test')}
        </Button>
      </div>
      <div className="second probe" aria-live="polite">
        {probe === 'running' && <StatusText status="busy">{t('settings.testing')}</StatusText>}
        {probe && probe !== 'running' && (
          <StatusText status={probe.ok ? 'ok' : 'error'}>
            {probe.ok ? t('settings.reached', { time: duration(probe.milliseconds) }) : probe.message}
          </StatusText>
        )}
      </div>
    </div>
  );
}
