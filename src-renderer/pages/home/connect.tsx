// What a client needs: addresses, a key, and lines to paste.
import { Button } from '@mantine/core';
import { Copy, CopyLine, copy } from '../../components/copy.tsx';
import { hiddenKey, maskKey } from '../../components/mask.ts';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { useServer } from '../../state/server.ts';
import { snippets } from './snippets.ts';

export function Connect() {
  const t = useText();
  const { address } = useServer();
  const first = useRead('client-keys.list').data?.keys[0];
  const privacy = usePrivacy();
  const addresses = [
    [t('home.openaiUrl'), `${address}/v1`],
    [t('home.anthropicUrl'), address],
    [t('home.geminiUrl'), `${address}/v1beta`],
  ] as const;
  return (
    <section className="sunken connect">
      <Head>{t('home.connect')}</Head>
      {addresses.map(([name, value]) => (
        <div key={name} className="connect-line">
          <div className="second">{name}</div>
          <CopyLine value={value} what={name} />
        </div>
      ))}
      {first && (
        <div className="connect-line">
          <div className="second">
            {first.label ? t('home.clientKeyNamed', { label: first.label }) : t('home.clientKey')}
          </div>
          <div className="copyline">
            <code className="cut">{privacy ? hiddenKey : maskKey(first.key)}</code>
            <Copy value={first.key} what={t('home.clientKey')} secret />
          </div>
        </div>
      )}
      <div className="row connect-copy">
        <span className="second grow">{t('home.copyAs')}</span>
        {snippets.map(({ name, make }) => (
          <Button
            key={name}
            size="xs"
            aria-label={t('home.copyAsNamed', { name })}
            onClick={() => void copy(make(address, first?.key), name)}
          >
            {name}
          </Button>
        ))}
      </div>
    </section>
  );
}
