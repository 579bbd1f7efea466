// Electron's Menu and Tray, and what a person sees and clicks of them.
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type * as Electron from 'electron';
import { strict, violation } from './strict.ts';

type Template = Electron.MenuItemConstructorOptions;

interface Item {
  readonly template: Template;
  readonly submenu: StandInMenu | undefined;
  checked: boolean;
}

/** An item as a person sees it. */
export interface SeenItem {
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly items?: readonly SeenItem[];
}

const types: ReadonlySet<string> = new Set(['normal', 'separator', 'submenu', 'checkbox', 'radio']);

class StandInMenu {
  readonly items: readonly Item[];

  constructor(templates: readonly Template[] = []) {
    this.items = templates.map((template) => {
      const { type, label, role, submenu, click } = template;
      if (type !== undefined && !types.has(type)) violation(`a menu item has the type ${type}`);
      if (type !== 'separator' && label === undefined && role === undefined) violation('a menu item has no label');
      if (submenu !== undefined && (type === 'checkbox' || click !== undefined)) {
        violation(`the item ${label} is a submenu and something else too`);
      }
      const below = Array.isArray(submenu) ? new StandInMenu(submenu) : undefined;
      return { template, submenu: below, checked: template.checked ?? false };
    });
  }

  seen(): readonly SeenItem[] {
    return this.items.map(({ template, submenu, checked }) => ({
      label: (template.label ?? template.role ?? '').replaceAll('&&', '&'),
      type: template.type ?? (submenu ? 'submenu' : 'normal'),
      enabled: template.enabled ?? true,
      checked,
      ...(submenu && { items: submenu.seen() }),
    }));
  }

  /** A person's click: ticks as the system does, then tells the program. */
  choose([label, ...below]: readonly string[]): void {
    const found = this.items.find(({ template }) => (template.label ?? template.role) === label?.replaceAll('&', '&&'));
    if (found === undefined) throw new Error(`there is no item ${label} in ${JSON.stringify(this.seen())}`);
    const { template, submenu } = found;
    if (below.length > 0) {
      if (submenu === undefined) throw new Error(`${label} is no submenu`);
      submenu.choose(below);
      return;
    }
    if (template.enabled === false) throw new Error(`${label} cannot be clicked`);
    if (template.type === 'checkbox') found.checked = !found.checked;
    if (template.type === 'radio') found.checked = true;
    (template.click as (() => void) | undefined)?.();
  }

  popup(): void {}
}

let applicationMenu: StandInMenu | undefined;

export const Menu = strict('Menu', {
  buildFromTemplate: (template: Template[]) => new StandInMenu(template) as unknown as Electron.Menu,
  setApplicationMenu: (menu: Electron.Menu | null) => {
    applicationMenu = (menu as unknown as StandInMenu | null) ?? undefined;
  },
} satisfies Partial<Record<keyof typeof Electron.Menu, unknown>>);

export const chooseInApplicationMenu = (labels: readonly string[]): void => applicationMenu?.choose(labels);

export interface StandInImage {
  readonly file: string;
  template: boolean;
}

const images = new WeakMap<object, StandInImage>();

export const nativeImage = strict('nativeImage', {
  createFromPath: (file: string) => {
    // Electron gives an empty image, which shows as nothing in the tray.
    if (!existsSync(file)) violation(`there is no image ${file}`);
    const state: StandInImage = { file, template: false };
    const image = strict('NativeImage', {
      isEmpty: () => false,
      setTemplateImage: (on: boolean) => {
        state.template = on;
      },
    } satisfies Partial<Electron.NativeImage>);
    images.set(image, state);
    return image as unknown as Electron.NativeImage;
  },
} satisfies Partial<Record<keyof typeof Electron.nativeImage, unknown>>);

type TrayParts = Pick<
  Electron.Tray,
  'setImage' | 'setToolTip' | 'setContextMenu' | 'popUpContextMenu' | 'setIgnoreDoubleClickEvents' | 'destroy'
>;

export let theTray: StandInTray | undefined;

class StandInTray extends EventEmitter implements TrayParts {
  image: StandInImage;
  tooltip = '';
  menu: StandInMenu | undefined;
  /** The menu that is open. */
  open: StandInMenu | undefined;
  #destroyed = false;

  constructor(image: Electron.NativeImage) {
    super();
    this.image = imageOf(image);
    theTray = this;
  }

  setImage(image: Electron.NativeImage | string): void {
    this.#alive();
    this.image = imageOf(image as Electron.NativeImage);
  }

  setToolTip(text: string): void {
    this.#alive();
    if (text.length > 127) violation('a tooltip is longer than Windows shows');
    this.tooltip = text;
  }

  setContextMenu(menu: Electron.Menu | null): void {
    this.#alive();
    this.menu = (menu as unknown as StandInMenu | null) ?? undefined;
  }

  popUpContextMenu(menu?: Electron.Menu): void {
    this.#alive();
    this.open = (menu as unknown as StandInMenu | undefined) ?? this.menu;
  }

  setIgnoreDoubleClickEvents(): void {}

  destroy(): void {
    this.#destroyed = true;
    theTray = undefined;
  }

  #alive(): void {
    if (this.#destroyed) violation('the tray is used after it was destroyed');
  }
}

function imageOf(image: Electron.NativeImage): StandInImage {
  return images.get(image) ?? violation('the tray wants a NativeImage');
}

export { StandInTray as Tray };
