// The page's entry: styles and words first, so that nothing flashes, then the window.
import './theme/styles.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startLanguages } from './i18n/i18n.ts';
import { startLive } from './state/live.ts';
import { tellLanguage } from './state/tell-language.ts';
import { startTheme } from './theme/start-theme.ts';

startTheme();
startLive();
tellLanguage();
await startLanguages();
createRoot(document.getElementById('root') as HTMLElement).render(<App />);
