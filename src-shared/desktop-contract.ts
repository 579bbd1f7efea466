// What only the desktop window may ask: acts on this computer. Never given to HTTP.
import { z } from 'zod';
import { ok } from './contract/helpers/done.ts';

const act = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

export const notificationKinds = [
  'server-failed',
  'login-finished',
  'account-needs-login',
  'config-broken',
  'remote-blocked',
  'limit-warning',
  'limit-reached',
  'limit-renewed',
  'requests-failing',
  'history-damaged',
  'request-log-large',
  'update-ready',
] as const;

export const preferences = z.object({
  startAtLogin: z.boolean(),
  startHidden: z.boolean(),
  onClose: z.enum(['keep', 'ask', 'quit']),
  /** Of the tray, the native menus and notices, as it was chosen in the window. */
  language: z.enum(['system', 'en', 'zh-CN']),
  notifications: z.record(z.enum(notificationKinds), z.boolean()),
  /** State marks of the tray icon in colour, for panels on which one colour is hard to read. */
  colouredTrayIcon: z.boolean(),
  /** Where new versions are announced, an https address; `''` while nobody is to be asked. */
  updateFeed: z.union([z.literal(''), z.url({ protocol: /^https$/ })]),
});
export type Preferences = z.output<typeof preferences>;

export const desktopContract = {
  /** Sends the present state as events and, from then on, what changes. */
  'desktop.listen': act(z.undefined(), ok),
  /** Opens the sign-in page of a pending login; the shell takes the address from the login, never from the window. */
  'desktop.open-login': act(z.object({ state: z.string() }), ok),
  'desktop.open-folder': act(z.object({ folder: z.enum(['config', 'accounts', 'logs', 'data']) }), ok),
  /** Opens the config file in the program that the system has for it. */
  'desktop.open-config': act(z.undefined(), ok),
  'desktop.preferences.get': act(z.undefined(), preferences),
  'desktop.preferences.set': act(preferences.partial(), preferences),
  /** `kept` is false when the key is not in the keychain, so that only replacing it helps. */
  'desktop.management-key.state': act(z.undefined(), z.object({ kept: z.boolean(), hint: z.string() })),
  'desktop.management-key.copy': act(z.undefined(), ok),
  'desktop.management-key.keep': act(z.object({ key: z.string() }), ok),
  'desktop.server.control': act(z.object({ action: z.enum(['restart', 'stop', 'start']) }), ok),
  /** The next port above the configured one that nobody uses. */
  'desktop.server.free-port': act(z.undefined(), z.object({ port: z.int() })),
  'desktop.updates.check': act(z.undefined(), ok),
  'desktop.quit': act(z.undefined(), ok),
} as const;

export type DesktopContract = typeof desktopContract;
export type DesktopOperation = keyof DesktopContract;
export type DesktopInput<K extends DesktopOperation> = z.input<DesktopContract[K]['input']>;
export type DesktopOutput<K extends DesktopOperation> = z.output<DesktopContract[K]['output']>;
