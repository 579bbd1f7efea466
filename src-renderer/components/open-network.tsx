// Says that other computers reach the server, with the way back; for the list of what needs attention.
import { Button } from '@mantine/core';
import { useText } from '../i18n/i18n.ts';
import { closeNetwork, useOpenNetwork } from '../state/network.ts';
import { StatusText } from './status-icon.tsx';

/** Nothing while the server is not open to the network. */
export function OpenNetwork() {
  const t = useText();
  const open = useOpenNetwork();
  if (open === undefined) return null;
  return (
    <div className="open-network">
      <div>
        <StatusText status={open.encrypted ? 'off' : 'warn'}>
          <span className="t-text">{t('network.open')}</span>
        </StatusText>
        <p className="second">{t(open.encrypted ? 'network.encrypted' : 'network.clear')}</p>
      </div>
      {!open.locked && <Button onClick={() => void closeNetwork()}>{t('network.closeAgain')}</Button>}
    </div>
  );
}
