// Electron's entry: one instance per user, then the program and its shell.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, protocol } from 'electron';
import { appDir, configPath } from './config/app-paths.ts';
import { logCrashes, openCrashLog } from './electron/crash-log.ts';
import { type Desktop, startDesktop } from './electron/desktop.ts';
import { deepLinkScheme, routeInArguments, routeOfLink } from './electron/lifecycle/deep-links.ts';
import { hiddenFlag } from './electron/lifecycle/login-item.ts';
import { registerAppScheme } from './electron/window/app-protocol.ts';

const log = openCrashLog(appDir());
logCrashes(log);
app.setPath('userData', appDir());
// Chromium's own files stay together, apart from the ones people look at.
app.setPath('sessionData', path.join(appDir(), 'browser'));
app.setName('CLI Proxy Desktop');
if (process.platform === 'win32') app.setAppUserModelId('app.cli-proxy.desktop');
registerAppScheme(protocol);

let desktop: Desktop | undefined;
let requestedRoute = routeInArguments(process.argv);
const show = (place?: string) => {
  if (desktop) desktop.show(place);
  else requestedRoute = place ?? requestedRoute ?? 'home';
};

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, args) => show(routeInArguments(args)));
  app.on('activate', () => show());
  app.on('open-url', (event, link) => {
    event.preventDefault();
    const place = routeOfLink(link);
    if (place !== undefined) show(place);
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient(deepLinkScheme);
  app
    .whenReady()
    .then(start)
    .catch((error: Error) => {
      log(`the start failed: ${error.stack ?? error.message}`);
      app.exit(1);
    });
} else {
  app.quit();
}

async function start(): Promise<void> {
  const { values } = parseArgs({ options: { config: { type: 'string' } }, strict: false });
  const asked = typeof values.config === 'string' ? values.config : undefined;
  const atLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  desktop = await startDesktop({
    configFile: configPath(asked),
    environment: process.env,
    built: new URL('./', import.meta.url),
    hidden: (process.argv.includes(hiddenFlag) || atLogin) && requestedRoute === undefined,
    place: requestedRoute,
    log,
  });
}
