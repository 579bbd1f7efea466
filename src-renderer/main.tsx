// The page's entry: styles and words first, so that nothing flashes, then the window.
import './theme/styles.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startLanguages } from './i18n/i18n.ts';
import { transport } from './state/client.ts';
import { guardUnsavedConfig } from './state/config-draft.ts';
import { continueAfterMove, followAddress, tellMove } from './state/follow-address.ts';
import { startLive } from './state/live.ts';
import { tellLanguage } from './state/tell-language.ts';
import { startTheme } from './theme/start-theme.ts';
import { keyOfLink } from './transport/sign-in-link.ts';

const key = transport.desktop ? undefined : await keyOfLink();
if (key !== undefined) transport.unlock?.(key, false);
const moved = !transport.desktop && (await continueAfterMove());
startTheme();
startLive();
if (!transport.desktop) {
  guardUnsavedConfig();
  followAddress();
}
tellLanguage();
await startLanguages();
if (moved) tellMove();
createRoot(document.getElementById('root') as HTMLElement).render(<App />);
