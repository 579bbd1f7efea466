// What people take out of a running login, and what they bring back into it.
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { LoginFlow } from '../../../src-shared/provider-row.ts';
import { Copy } from '../../components/copy.tsx';
import { useText } from '../../i18n/i18n.ts';

export function SignInLink({ url, onOpen }: { readonly url: string; readonly onOpen: () => void }) {
  const t = useText();
  // The address carries the login's secret state: it is copied and opened, never shown in full.
  const [shown, query] = url.split('?', 2);
  return (
    <div className="field">
      <div className="label">{t('accounts.page')}</div>
      <div className="row">
        <div className="sunken grow row link-line">
          <code className="cut grow">
            {shown}
            {query !== undefined && '?…'}
          </code>
          <Copy value={url} what={t('accounts.link')} />
        </div>
        <Button size="md" variant="filled" data-autofocus onClick={onOpen}>
          {t('accounts.openAgain')}
        </Button>
      </div>
    </div>
  );
}

export function DeviceCode({ code }: { readonly code: string }) {
  const t = useText();
  return (
    <div className="field">
      <div className="label">{t('accounts.code')}</div>
      <div className="sunken row code-line">
        <code className="device-code grow">{code}</code>
        <Copy value={code} what={t('accounts.code')} />
      </div>
      <p className="second">{t('accounts.codeHelp')}</p>
    </div>
  );
}

interface PasteBackProps {
  readonly flow: LoginFlow;
  /** The port to which the browser is sent, where the provider has registered one. */
  readonly port: number | undefined;
  /** Hands in what was pasted; whether it was taken. */
  readonly onSend: (pasted: string) => Promise<boolean>;
}

export function PasteBack({ flow, port, onSend }: PasteBackProps) {
  const t = useText();
  const [pasted, setPasted] = useState('');
  const [sending, setSending] = useState(false);
  const send = async () => {
    setSending(true);
    if (await onSend(pasted.trim())) setPasted('');
    setSending(false);
  };
  const address = port === undefined ? 'http://localhost' : `http://localhost:${port}`;
  return (
    <div>
      <Textarea
        label={t(flow === 'manual' ? 'accounts.pageCode' : 'accounts.elsewhere')}
        description={flow === 'manual' ? t('accounts.pageCodeHelp') : t('accounts.elsewhereHelp', { address })}
        placeholder={flow === 'manual' ? '' : `${address}/…?code=…`}
        size="md"
        minRows={2}
        autosize
        value={pasted}
        onChange={(event) => setPasted(event.currentTarget.value)}
      />
      <Button mt={8} disabled={pasted.trim() === '' || sending} onClick={() => void send()}>
        {t('accounts.finish')}
      </Button>
    </div>
  );
}
