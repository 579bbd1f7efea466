// Electron's entry: one instance per user, then the desktop app.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, protocol } from 'electron';
import { appDir, configPath } from './config/app-paths.ts';
import { logCrashes, openCrashLog } from './electron/crash-log.ts';
import { startDesktop } from './electron/desktop.ts';
import { deepLinkScheme, routeInArguments, routeOfLink } from './electron/lifecycle/deep-links.ts';
import { installation } from './electron/lifecycle/installation.ts';
import { hiddenFlag } from './electron/lifecycle/login-item.ts';
import { WindowRequests } from './electron/lifecycle/window-requests.ts';
import { registerAppScheme } from './electron/window/app-protocol.ts';

const log = openCrashLog(appDir());
logCrashes(log);
// Chromium's own files stay together, apart from the ones people look at.
const browserData = path.join(appDir(), 'browser');
// Electron refuses a path that does not exist.
mkdirSync(browserData, { recursive: true, mode: 0o700 });
app.setPath('userData', appDir());
app.setPath('sessionData', browserData);
app.setName('CLI Proxy Desktop');
if (process.platform === 'win32') app.setAppUserModelId('app.cli-proxy.desktop');
registerAppScheme(protocol);

// Packaged, the executable is the program; else it is Electron, and its first argument is the program.
const args = process.argv.slice(app.isPackaged ? 1 : 2);
const installed = installation(process.platform, process.env, process.execPath);
const windowRequests = new WindowRequests();

if (app.requestSingleInstanceLock()) {
  openRouteOf(args);
  app.on('second-instance', (_event, otherArgs) => windowRequests.open(routeInArguments(otherArgs)));
  app.on('activate', () => windowRequests.open());
  app.on('open-url', (event, link) => {
    event.preventDefault();
    const route = routeOfLink(link);
    if (route !== undefined) windowRequests.open(route);
  });
  if (app.isPackaged && !installed.isPortable) app.setAsDefaultProtocolClient(deepLinkScheme);
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

function openRouteOf(given: readonly string[]): void {
  const route = routeInArguments(given);
  if (route !== undefined) windowRequests.open(route);
}

async function start(): Promise<void> {
  // Chromium has options of its own among the arguments.
  const { values } = parseArgs({ args, options: { config: { type: 'string' } }, strict: false });
  const atLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  await startDesktop({
    configFile: configPath(typeof values.config === 'string' ? values.config : undefined),
    environment: process.env,
    installation: installed,
    built: new URL('./', import.meta.url),
    hidden: args.includes(hiddenFlag) || atLogin,
    windowRequests,
    log,
  });
}
