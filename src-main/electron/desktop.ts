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
import { secretOf } from '../config/config-secret.ts';
import { createConfigIfMissing } from '../config/first-run.ts';
import { appFolder } from '../lib/app-paths.ts';
import { logDirectory } from '../logs/log-file.ts';
import { appMenu } from './app-menu.ts';
import { servePage } from './app-page.ts';
import { Autostart } from './autostart.ts';
import { type Folder, shellDispatch } from './desktop-operations.ts';
import { freePortAbove } from './free-port.ts';
import { answerWindow, sendEvent } from './ipc.ts';
import { KeyVault } from './key-vault.ts';
import { closeWindow, type LeavingOptions, quitGracefully } from './leaving.ts';
import { blockedNotice, noticesOf } from './notices.ts';
import { Notifier } from './notifier.ts';
import { denyPermissions } from './permissions.ts';
import { Program } from './program.ts';
import { SecretClipboard } from './secret-clipboard.ts';
import { SettingsStore } from './settings-store.ts';
import { trayActions } from './tray-actions.ts';
import { TrayControl } from './tray-control.ts';
import { hasTrayHost } from './tray-host.ts';
import type { Platform } from './tray-menu.ts';
import { followingText } from './tray-text.ts';
import { Updates } from './updates.ts';
import { MainWindow } from './window.ts';

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
  const settings = new SettingsStore();
  let { language } = settings.preferences;
  const text = followingText(() => (language === 'system' ? app.getLocale() : language));
  const program = new Program({
    configFile,
    environment,
    pageFolder,
    onUnexpected,
    onRemoteBlocked: (address) => notifier.notify(blockedNotice(address, text)),
  });
  const firstKeys = await createConfigIfMissing(configFile).catch(onUnexpected);
  const canHide = await hasTrayHost(process.platform);

  const vault = new KeyVault({
    safeStorage,
    platform,
    settings,
    hash: () => (program.app === undefined ? '' : secretOf(program.app.config.current.config)),
    log,
  });
  const autostart = new Autostart({
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
        title: text.noticeUpdate,
        body: text.noticeUpdateDetail(version),
        place: 'settings',
        once: `update ${version}`,
      }),
    log,
  });

  const openFolder = async (folder: Folder) => {
    const folders: Readonly<Record<Folder, string>> = {
      config: path.dirname(configFile),
      accounts: program.app?.config.current.authDir ?? path.dirname(configFile),
      logs: logDirectory(configFile, environment),
      data: appFolder(),
    };
    const complaint = await shell.openPath(folders[folder]);
    if (complaint !== '') throw new Problem('file_read_failed', complaint);
  };
  const freePort = async () => {
    const running = program.app;
    if (running === undefined) return undefined;
    const { port, host } = running.config.current.config;
    return freePortAbove(port, host);
  };
  const saveDiagnostics = async () => {
    const defaultPath = path.join(app.getPath('documents'), 'cli-proxy-desktop-diagnostics.txt');
    const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath });
    if (canceled || filePath === '') return;
    const report = (await program.dispatch('diagnostics.get', undefined, { kind: 'window' })) as { text: string };
    await writeFile(filePath, report.text, { mode: 0o600 });
  };
  const tell = (work: Promise<unknown>) => work.catch((error: Error) => say(text.actionFailed, error.message));
  const quit = () => app.quit();

  const tray = new TrayControl({
    program,
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
      program,
      clipboard,
      text,
      open: show,
      openFolder,
      serverAddress: () => program.app?.server.status.address ?? '',
      say,
      checkForUpdates: () => void updates.check({ quietly: false }),
      quit,
    }),
  });

  answerWindow({
    ipcMain,
    contents: () => window.contents,
    program: program.dispatch,
    shell: shellDispatch({
      program,
      settings,
      autostart,
      vault,
      openExternal: (address) => shell.openExternal(address),
      openFolder,
      copySecret: (secret) => secrets.copy(secret),
      sendState: () => {
        for (const event of program.snapshot()) sendEvent(window.contents, event);
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
  servePage(protocol, pageFolder);
  denyPermissions(session.defaultSession);
  setAppMenu();

  const follow = (event: AppEvent) => {
    sendEvent(window.contents, event);
    tray.hear(event);
    for (const notice of noticesOf(event, text, Date.now())) notifier.notify(notice);
  };
  program.onEvent(follow);
  // Everything the page knew belongs to a program that is gone.
  program.onReplaced(() => window.reload());
  nativeTheme.on('updated', () => tray.render());
  const leaving: LeavingOptions = {
    window,
    program,
    settings,
    text,
    canHide,
    say,
    onEnd: () => tray.destroy(),
    onUnexpected,
  };
  quitGracefully(leaving);

  await program.start();
  for (const event of program.snapshot()) tray.hear(event);
  if (firstKeys !== undefined) await completeFirstRun(firstKeys.managementKey);
  const failed = program.app?.server.status.state !== 'running';
  if (!options.hidden || failed || !canHide) show(options.place ?? placeOfTrouble(program));
  updates.start();
  return { show };

  function setAppMenu(): void {
    const acts = { open: show, saveDiagnostics: () => tell(saveDiagnostics()), quit };
    Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(platform, text, acts)));
  }

  /** On a new computer another program may have our port: take the next one, and the window says which. */
  async function completeFirstRun(managementKey: string): Promise<void> {
    await vault.keep(managementKey);
    const port = program.app?.server.status.state === 'failed' ? await freePort() : undefined;
    if (port !== undefined) await tell(program.dispatch('server-settings.set', { port }, byApp));
  }
}

/** The line of a broken config; else undefined. */
function placeOfTrouble(program: Program): string | undefined {
  const broken = program.snapshot().find(({ event }) => event === 'config-broken');
  return broken?.event === 'config-broken' ? `config/${broken.line}` : undefined;
}
