// Opening the server to the local network: where it will answer, encryption, and who may come in.
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Copy } from '../../components/copy.tsx';
import { SideDrawer } from '../../components/drawer.tsx';
import { Head, Mark } from '../../components/page.tsx';
import { saveText } from '../../components/save-text.ts';
import { StatusIcon } from '../../components/status-icon.tsx';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, useRead } from '../../state/client.ts';
import { networkAddresses, openNetwork } from '../../state/network.ts';
import { QrCode } from './qr-code.tsx';

const maxShown = 3;

export function NetworkSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const info = useRead('server-info.get').data;
  const keys = useRead('client-keys.list').data?.keys;
  const notices = useRead('config-notices.list').data?.notices ?? [];
  const [encrypted, setEncrypted] = useState(true);
  const [busy, setBusy] = useState(false);
  if (info === undefined || keys === undefined) return null;

  const addresses = networkAddresses(info, encrypted).slice(0, maxShown);
  const first = addresses[0]?.url;
  const hasExampleKey = notices.some(({ kind, path }) => kind === 'unsafe' && path.startsWith('api-keys'));
  const open = async () => {
    setBusy(true);
    if (await openNetwork(encrypted)) onClose();
    setBusy(false);
  };
  const saveAuthority = () =>
    attempt(t('network.certificateFailed'), async () => {
      const { certificate } = await call('local-certificate.create', {});
      saveText('cli-proxy-desktop-authority.pem', certificate.authority, 'application/x-pem-file');
    });
  return (
    <SideDrawer
      title={t('network.title')}
      note={t('network.note')}
      width={440}
      onClose={onClose}
      foot={
        <>
          <span className="grow" />
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          {keys.length === 0 ? (
            <Button variant="filled" data-autofocus onClick={() => void navigate('/keys')}>
              {t('network.makeKey')}
            </Button>
          ) : (
            <Button
              variant={encrypted ? 'filled' : 'default'}
              className={encrypted ? '' : 'danger'}
              data-autofocus
              disabled={busy}
              onClick={() => void open()}
            >
              {t(encrypted ? 'network.openEncrypted' : 'network.openClear')}
            </Button>
          )}
        </>
      }
    >
      <div className="form">
        <div className="network-addresses">
          <section>
            <Head>{t('network.answersAt')}</Head>
            {addresses.length === 0 && <p className="second">{t('network.noAddress')}</p>}
            {addresses.map(({ via, url }) => (
              <div key={url}>
                <div className="second">{via ?? t('network.byName')}</div>
                <div className="copyline">
                  <code className="cut" title={url}>
                    {url}
                  </code>
                  <Copy value={url} what={url} />
                </div>
              </div>
            ))}
          </section>
          {first !== undefined && <QrCode text={first} label={t('network.qr', { address: first })} />}
        </div>
        <section className="network-part">
          <Head>{t('network.encryption')}</Head>
          <Checkbox
            label={t('network.encrypt')}
            description={t('network.encryptNote')}
            checked={encrypted}
            onChange={(event) => setEncrypted(event.currentTarget.checked)}
          />
          {encrypted ? (
            <div className="row network-certificate">
              <Button size="xs" onClick={() => void saveAuthority()}>
                {t('network.saveAuthority')}
              </Button>
              <Button size="xs" variant="subtle" onClick={() => void navigate('/config')}>
                {t('network.useOwn')}
              </Button>
            </div>
          ) : (
            <div className="note-box error" role="alert">
              <StatusIcon status="error" />
              <p>{t('network.clearWarning')}</p>
            </div>
          )}
        </section>
        <section className="network-part">
          <Head>{t('network.who')}</Head>
          <ul className="divided">
            <Guest
              mark="K"
              name={keys.length === 0 ? t('network.noKeys') : t('network.keys', { count: keys.length })}
              note={keys.length === 0 ? t('network.noKeysNote') : hasExampleKey ? t('network.exampleKey') : ''}
            />
            <Guest
              mark="M"
              name={t('network.window')}
              note={t(`network.${info.allowRemote ? 'windowOn' : 'windowOff'}`)}
            />
          </ul>
        </section>
        <div className="note-box warn">
          <StatusIcon status="warn" />
          <p className="second t-text">{t('network.firewall')}</p>
        </div>
      </div>
    </SideDrawer>
  );
}

const Guest = ({ mark, name, note }: { readonly mark: string; readonly name: string; readonly note: string }) => (
  <li className="row network-guest">
    <Mark id={mark} />
    <div>
      <div>{name}</div>
      {note !== '' && <div className="second">{note}</div>}
    </div>
  </li>
);
