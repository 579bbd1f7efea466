// The desktop app: each part is made once and given to those that need it.
import { fileURLToPath } from 'node:url';
import { app, clipboard, ipcMain, Menu, nativeTheme, protocol, safeStorage, screen, session, shell } from 'electron';
import { createConfigIfMissing } from '../config/first-run.ts';
import { secretOf } from '../config/store/config-secret.ts';
import { windowsPublisher } from '../version.ts';
import { AppHost, routeOfConfigError } from './app-host/app-host.ts';
import { completeFirstRun } from './app-host/complete-first-run.ts';
import { freePortFor } from './app-host/free-port.ts';
import { receiveDesktop } from './ipc/desktop-handlers.ts';
import { handleIpc, sendEvent } from './ipc/ipc.ts';
import { SecretClipboard } from './ipc/secret-clipboard.ts';
import { GracefulQuit } from './lifecycle/graceful-quit.ts';
import type { Installation } from './lifecycle/installation.ts';
import { LoginItem } from './lifecycle/login-item.ts';
import { delaySessionEnd } from './lifecycle/session-end.ts';
import type { WindowRequests } from './lifecycle/window-requests.ts';
import { blockedClientNotification, notificationsFor } from './notifications/notifications.ts';
import { Notifier } from './notifications/notifier.ts';
import { DesktopSettings } from './settings/desktop-settings.ts';
import { KeyVault } from './settings/key-vault.ts';
import { localizedText } from './text/desktop-text.ts';
import { hasStatusNotifierHost } from './tray/status-notifier.ts';
import { trayActions } from './tray/tray-actions.ts';
import { TrayController } from './tray/tray-controller.ts';
import type { Platform } from './tray/tray-state.ts';
import { confirmUpdate, updateNotification } from './updates/update-prompts.ts';
import { Updates } from './updates/updates.ts';
import { appMenu } from './window/app-menu.ts';
import { handleAppScheme } from './window/app-protocol.ts';
import { closeWindow } from './window/close-window.ts';
import { MainWindow } from './window/main-window.ts';
import { directoryOpener, openPath } from './window/open-directory.ts';
import { restrictPermissions } from './window/permissions.ts';
import { saveDiagnostics } from './window/save-diagnostics.ts';

export interface DesktopOptions {
  readonly configFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly installation: Installation;
  /** The folder of the built files. */
  readonly built: URL;
  /** Only the tray appears, unless the start fails or the window is requested. */
  readonly hidden: boolean;
  readonly windowRequests: WindowRequests;
  readonly log: (line: string) => void;
}

const platform: Platform = process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';

/** Starts everything. To be called when Electron is ready. */
export async function startDesktop(options: DesktopOptions): Promise<void> {
  const { configFile, environment, installation, built, windowRequests, log } = options;
  const resource = (name: string) => fileURLToPath(new URL(`../resources/${name}`, built));
  const pageDirectory = new URL('renderer/', built);
  const onUnexpected = (error: unknown) => log(error instanceof Error ? (error.stack ?? error.message) : String(error));

  const firstKeys = await createConfigIfMissing(configFile).catch(onUnexpected);
  const hasTray = await hasStatusNotifierHost(process.platform);

  const settings = new DesktopSettings();
  const text = localizedText(() => {
    const { language } = settings.preferences;
    return language === 'system' ? app.getLocale() : language;
  });
  const appHost = new AppHost({
    configFile,
    environment,
    pageFolder: pageDirectory,
    onUnexpected,
    onRemoteBlocked: (address) => notifier.notify(blockedClientNotification(address, text)),
  });
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
    configHome: app.getPath('appData'),
    executable: installation.executable,
  });

  const window = new MainWindow({
    preload: fileURLToPath(new URL('preload.cjs', built)),
    icon: resource('icon.png'),
    screen,
    settings,
    text,
    onClose: () => void closeWindow({ window, settings, text, hasTray, showNotification, quit }).catch(onUnexpected),
    onVisibility: (visible) => (visible ? void app.dock?.show() : app.dock?.hide()),
    log,
  });
  const open = (route?: string) => window.show(route);
  const notifier = new Notifier({
    wanted: () => settings.preferences.notifications,
    isWindowFocused: () => window.isFocused,
    open,
  });
  const showNotification = (title: string, body: string, route?: string) => notifier.show(title, body, route);
  const reportFailure = (error: Error) => showNotification(text.actionFailed, error.message);

  const gracefulQuit = new GracefulQuit({
    onBegin: () => window.allowClose(),
    close: () => appHost.close(),
    onClosed: () => tray.destroy(),
    log,
  });
  const quit = () => gracefulQuit.quit();
  delaySessionEnd(platform, quit);

  const updates = new Updates({
    platform,
    publisher: windowsPublisher,
    feedUrl: () => settings.preferences.updateFeed,
    directory: app.getPath('userData'),
    text,
    show: showNotification,
    onReady: (version, install) => {
      notifier.notify(updateNotification(version, text, install));
      appHost.app?.tellUpdate(version);
    },
    confirm: (version) => confirmUpdate(version, text, window),
    quit,
    quitWith: (lastStep) =>
      gracefulQuit.quit(() => {
        // The new version starts while this one ends, and must not take it for a running instance.
        app.releaseSingleInstanceLock();
        lastStep();
      }),
    log,
  });
  const checkForUpdates = () => updates.check({ inBackground: false });
  const openDirectory = directoryOpener({ shell, appHost, configFile, environment });
  const freePort = () => freePortFor(appHost);

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
    showWindow: open,
    onAction: trayActions({
      appHost,
      clipboard,
      text,
      open,
      openDirectory,
      show: showNotification,
      checkForUpdates: () => void checkForUpdates(),
      quit,
    }),
  });
  nativeTheme.on('updated', () => tray.render());

  const setAppMenu = () => {
    const save = () => void saveDiagnostics(appHost).catch(reportFailure);
    Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(platform, text, { open, saveDiagnostics: save, quit })));
  };
  setAppMenu();

  const secrets = new SecretClipboard(clipboard);
  handleIpc({
    ipcMain,
    contents: () => window.contents,
    app: appHost.receive,
    desktop: receiveDesktop({
      appHost,
      settings,
      loginItem,
      vault,
      openExternal: (url) => shell.openExternal(url),
      openDirectory,
      openConfig: () => openPath(shell, configFile),
      copySecret: (secret) => secrets.copy(secret),
      sendSnapshot: () => {
        for (const event of appHost.snapshot()) sendEvent(window.contents, event);
      },
      onPreferences: () => {
        setAppMenu();
        tray.render();
      },
      freePort,
      checkForUpdates,
      quit,
    }),
    onUnexpected,
  });
  handleAppScheme(protocol, pageDirectory);
  restrictPermissions(session.defaultSession);

  appHost.onEvent((event) => {
    sendEvent(window.contents, event);
    tray.handleEvent(event);
    for (const notification of notificationsFor(event, text, Date.now())) notifier.notify(notification);
  });
  // What the page knew came from an app that is gone.
  appHost.onReplaced(() => window.reload());

  await appHost.start();
  for (const event of appHost.snapshot()) tray.handleEvent(event);
  if (firstKeys !== undefined)
    await completeFirstRun({ appHost, vault, managementKey: firstKeys.managementKey, reportFailure });
  const isRunning = appHost.app?.server.status.state === 'running';
  if (!options.hidden || !isRunning || !hasTray) windowRequests.open();
  windowRequests.connect(open, routeOfConfigError(appHost));
  updates.start();
}
