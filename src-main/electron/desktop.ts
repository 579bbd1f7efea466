// The shell around the program: window, tray, notifications and what the system tells us, tied together.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron';
import type { AppEvent } from '../../src-shared/events.ts';
import { byApp } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { appDir } from '../config/app-paths.ts';
import { createConfigIfMissing } from '../config/first-run.ts';
import { secretOf } from '../config/store/config-secret.ts';
import { logDirectory } from '../logs/log-file.ts';
import { AppHost } from './app-host/app-host.ts';
import { freePortAbove } from './app-host/free-port.ts';
import { type Folder, receiveDesktop } from './ipc/desktop-handlers.ts';
import { handleIpc, sendEvent } from './ipc/ipc.ts';
import { SecretClipboard } from './ipc/secret-clipboard.ts';
import { LoginItem } from './lifecycle/login-item.ts';
import { closeWindow, type QuitOptions, quitGracefully } from './lifecycle/quit.ts';
import { blockedClientNotification, notificationsFor } from './notifications/notifications.ts';
import { Notifier } from './notifications/notifier.ts';
import { DesktopSettings } from './settings/desktop-settings.ts';
import { KeyVault } from './settings/key-vault.ts';
import { localizedText } from './text/desktop-text.ts';
import { hasStatusNotifierHost } from './tray/status-notifier.ts';
import { trayActions } from './tray/tray-actions.ts';
import { TrayController } from './tray/tray-controller.ts';
import type { Platform } from './tray/tray-menu.ts';
import { Updates } from './updates/updates.ts';
import { appMenu } from './window/app-menu.ts';
import { handleAppScheme } from './window/app-protocol.ts';
import { MainWindow } from './window/main-window.ts';
import { restrictPermissions } from './window/permissions.ts';

export interface DesktopOptions {
  readonly configFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of the built files. */
  readonly built: URL;
  /** Only the tray appears, unless the start fails. */
  readonly hidden: boolean;
  /** Where in the window to begin. */
  readonly place: string | undefined;
  readonly log: (line: string) => void;
}

export interface Desktop {
  readonly show: (place?: string) => void;
}

export const platform: Platform =
  process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';

/** Starts everything. To be called when Electron is ready. */
export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  const { configFile, environment, built, log } = options;
  const resource = (name: string) => fileURLToPath(new URL(`../resources/${name}`, built));
  const pageFolder = new URL('renderer/', built);
  const onUnexpected = (error: unknown) => log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const settings = new DesktopSettings();
  let { language } = settings.preferences;
  const text = localizedText(() => (language === 'system' ? app.getLocale() : language));
  const appHost = new AppHost({
    configFile,
    environment,
    pageFolder,
    onUnexpected,
    onRemoteBlocked: (address) => notifier.notify(blockedClientNotification(address, text)),
  });
  const firstKeys = await createConfigIfMissing(configFile).catch(onUnexpected);
  const canHide = await hasStatusNotifierHost(process.platform);

  const vault = new KeyVault({
    safeStorage,
    platform,
    settings,
    hash: () => (appHost.app === undefined ? '' : secretOf(appHost.app.config.current.config)),
    log,
  });
  const loginItem = new LoginItem({
    app,
    platform,
    settingsFolder: app.getPath('appData'),
    program: environment.APPIMAGE || process.execPath,
  });
  const window = new MainWindow({
    preload: fileURLToPath(new URL('preload.cjs', built)),
    icon: resource('icon.png'),
    screen,
    settings,
    text,
    onClose: () => closeWindow(leaving),
    onVisibility: (visible) => {
      if (visible) void app.dock?.show();
      else app.dock?.hide();
    },
    log,
  });
  const show = (place?: string) => window.show(place);
  const notifier = new Notifier({
    wanted: () => settings.preferences.notifications,
    isWindowFocused: () => window.isFocused,
    open: show,
  });
  const say = (title: string, body: string, place?: string) => notifier.say(title, body, place);
  const secrets = new SecretClipboard(clipboard);
  const updates = new Updates({
    feed: () => settings.preferences.updateFeed,
    folder: app.getPath('userData'),
    text,
    say,
    onReady: (version) =>
      notifier.notify({
        kind: 'update-ready',
        title: text.notificationUpdate,
        body: text.notificationUpdateDetail(version),
        place: 'settings',
        once: `update ${version}`,
      }),
    log,
  });

  const openFolder = async (folder: Folder) => {
    const folders: Readonly<Record<Folder, string>> = {
      config: path.dirname(configFile),
      accounts: appHost.app?.config.current.authDir ?? path.dirname(configFile),
      logs: logDirectory(configFile, environment),
      data: appDir(),
    };
    const complaint = await shell.openPath(folders[folder]);
    if (complaint !== '') throw new Problem('file_read_failed', complaint);
  };
  const freePort = async () => {
    const running = appHost.app;
    if (running === undefined) return undefined;
    const { port, host } = running.config.current.config;
    return freePortAbove(port, host);
  };
  const saveDiagnostics = async () => {
    const defaultPath = path.join(app.getPath('documents'), 'cli-proxy-desktop-diagnostics.txt');
    const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath });
    if (canceled || filePath === '') return;
    const report = await appHost.dispatch('diagnostics.get', undefined, { kind: 'window' });
    await writeFile(filePath, report.text, { mode: 0o600 });
  };
  const tell = (work: Promise<unknown>) => work.catch((error: Error) => say(text.actionFailed, error.message));
  const quit = () => app.quit();

  const tray = new TrayController({
    appHost,
    settings,
    platform,
    text,
    iconFile: (name) => resource(`tray/${name}`),
    isPanelDark: () => nativeTheme.shouldUseDarkColorsForSystemIntegratedUI,
    freePort,
    notifier,
    toggleWindow: () => (window.isVisible ? window.hide() : window.show()),
    showWindow: show,
    act: trayActions({
      appHost,
      clipboard,
      text,
      open: show,
      openFolder,
      serverAddress: () => appHost.app?.server.status.address ?? '',
      say,
      checkForUpdates: () => void updates.check({ quietly: false }),
      quit,
    }),
  });

  handleIpc({
    ipcMain,
    contents: () => window.contents,
    appHost: appHost.receive,
    desktop: receiveDesktop({
      appHost,
      settings,
      loginItem,
      vault,
      openExternal: (address) => shell.openExternal(address),
      openFolder,
      copySecret: (secret) => secrets.copy(secret),
      sendState: () => {
        for (const event of appHost.snapshot()) sendEvent(window.contents, event);
      },
      onPreferences: () => {
        const before = language;
        language = settings.preferences.language;
        if (language !== before) setAppMenu();
        tray.render();
      },
      freePort,
      checkForUpdates: () => updates.check({ quietly: false }),
      quit,
    }),
    onUnexpected,
  });
  handleAppScheme(protocol, pageFolder);
  restrictPermissions(session.defaultSession);
  setAppMenu();

  const follow = (event: AppEvent) => {
    sendEvent(window.contents, event);
    tray.hear(event);
    for (const notice of notificationsFor(event, text, Date.now())) notifier.notify(notice);
  };
  appHost.onEvent(follow);
  // Everything the page knew belongs to a program that is gone.
  appHost.onReplaced(() => window.reload());
  nativeTheme.on('updated', () => tray.render());
  const leaving: QuitOptions = {
    window,
    appHost,
    settings,
    text,
    canHide,
    say,
    onEnd: () => tray.destroy(),
    onUnexpected,
  };
  quitGracefully(leaving);

  await appHost.start();
  for (const event of appHost.snapshot()) tray.hear(event);
  if (firstKeys !== undefined) await completeFirstRun(firstKeys.managementKey);
  const failed = appHost.app?.server.status.state !== 'running';
  if (!options.hidden || failed || !canHide) show(options.place ?? routeOfConfigError(appHost));
  updates.start();
  return { show };

  function setAppMenu(): void {
    const acts = { open: show, saveDiagnostics: () => tell(saveDiagnostics()), quit };
    Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(platform, text, acts)));
  }

  /** On a new computer another program may have our port: take the next one, and the window says which. */
  async function completeFirstRun(managementKey: string): Promise<void> {
    await vault.keep(managementKey);
    const port = appHost.app?.server.status.state === 'failed' ? await freePort() : undefined;
    if (port !== undefined) await tell(appHost.dispatch('server-settings.set', { port }, byApp));
  }
}

/** The line of a broken config; else undefined. */
function routeOfConfigError(appHost: AppHost): string | undefined {
  const broken = appHost.snapshot().find(({ event }) => event === 'config-broken');
  return broken?.event === 'config-broken' ? `config/${broken.line}` : undefined;
}
