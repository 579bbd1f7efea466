// What Electron gives of the system: dialogs, clipboard, keychain, screens, notifications, the browser.
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { app } from './app.ts';
import { strict, violation } from './strict.ts';

/** What the program asked of the system, for the test to see. */
export const asked = {
  opened: [] as string[],
  folders: [] as string[],
  dialogs: [] as string[],
  notifications: [] as StandInNotification[],
};

/** What the person will answer to the next dialogs. */
export const answers = { button: 0, savePath: '' };

let clipboardText = '';

export const clipboard = strict('clipboard', {
  readText: async () => clipboardText,
  writeText: async (text: string) => {
    clipboardText = text;
  },
  clear: () => {
    clipboardText = '';
  },
} satisfies Partial<Electron.Clipboard>);

export const shell = strict('shell', {
  openExternal: async (url: string) => {
    if (new URL(url).protocol !== 'https:') violation(`openExternal of ${url}`);
    asked.opened.push(url);
  },
  openPath: async (folder: string) => {
    asked.folders.push(folder);
    return '';
  },
} satisfies Partial<Electron.Shell>);

export const dialog = strict('dialog', {
  showMessageBox: async (...args: readonly unknown[]) => {
    asked.dialogs.push((args.at(-1) as Electron.MessageBoxOptions).message);
    return { response: answers.button, checkboxChecked: false };
  },
  showSaveDialog: async () => {
    asked.dialogs.push('save');
    return { canceled: answers.savePath === '', filePath: answers.savePath };
  },
} satisfies Partial<Electron.Dialog>);

/** No real secret: it only makes the kept text unlike the plain one. */
const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));

function readyForSafeStorage(): void {
  if (!app.isReady()) violation('safeStorage is used before ready');
}

export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: async () => {
    readyForSafeStorage();
    return true;
  },
  getSelectedStorageBackend: () =>
    (process.env.STAND_IN_KEYCHAIN ?? 'gnome_libsecret') as ReturnType<
      Electron.SafeStorage['getSelectedStorageBackend']
    >,
  encryptStringAsync: async (text: string) => flip(Buffer.from(text)),
  decryptStringAsync: async (sealed: Buffer) => ({ shouldReEncrypt: false, result: flip(sealed).toString() }),
} satisfies Partial<Electron.SafeStorage>);

class StandInTheme extends EventEmitter {
  shouldUseDarkColors = false;
  shouldUseDarkColorsForSystemIntegratedUI = false;
}
export const nativeTheme = strict('nativeTheme', new StandInTheme());

const area = { x: 0, y: 0, width: 1600, height: 900 };
const display = { workArea: area, bounds: area } as Electron.Display;
export const screen = strict('screen', {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
} satisfies Partial<Electron.Screen>);

export const powerMonitor = new EventEmitter();
export const autoUpdater = new EventEmitter();

class StandInNotification extends EventEmitter implements Pick<Electron.Notification, 'show' | 'title' | 'body'> {
  readonly title: string;
  readonly body: string;

  static isSupported(): boolean {
    return true;
  }

  constructor({ title = '', body = '' }: Electron.NotificationConstructorOptions) {
    super();
    this.title = title;
    this.body = body;
  }

  show(): void {
    if (!app.isReady()) violation('a notification before ready');
    asked.notifications.push(this);
  }
}

export { StandInNotification as Notification };

type PermissionRequest = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type PermissionCheck = Parameters<Electron.Session['setPermissionCheckHandler']>[0];

/** Windows may open only when both are set. */
export const permissions: { request?: PermissionRequest; check?: PermissionCheck } = {};

export const session = strict('session', {
  fromPartition: () => strict('a session', {}) as unknown as Electron.Session,
  defaultSession: strict('session.defaultSession', {
    setPermissionRequestHandler: (handler: PermissionRequest) => {
      permissions.request = handler;
    },
    setPermissionCheckHandler: (handler: PermissionCheck) => {
      permissions.check = handler;
    },
  } satisfies Partial<Electron.Session>),
});

type Handler = Parameters<Electron.Protocol['handle']>[1];
/** Schemes that are standard and secure, and who answers them. */
export const schemes = new Map<string, Handler | undefined>();

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (list: Electron.CustomScheme[]) => {
    if (app.isReady()) violation('schemes are registered after ready');
    for (const { scheme, privileges } of list) {
      if (!privileges?.standard || !privileges.secure) violation(`the scheme ${scheme} is not standard and secure`);
      if (privileges.bypassCSP) violation(`the scheme ${scheme} bypasses the content policy`);
      schemes.set(scheme, undefined);
    }
  },
  handle: (scheme: string, handler: Handler) => {
    if (!app.isReady()) violation('protocol.handle before ready');
    if (!schemes.has(scheme)) violation(`the scheme ${scheme} is not registered`);
    schemes.set(scheme, handler);
  },
} satisfies Partial<Electron.Protocol>);
