import {
  ActionIcon,
  Button,
  type Checkbox,
  type CSSVariablesResolver,
  createTheme,
  type Drawer,
  type Input,
  type MantineColorsTuple,
  type Menu,
  type Modal,
  NavLink,
  type Popover,
  type SegmentedControl,
  type Switch,
  type Tabs,
} from '@mantine/core';

/* The only places that hold a colour value. Everything else uses var(--cp-*). */

/** Light theme. Contrast is given against `bg` unless said otherwise. */
const light = {
  bg: '#ffffff', // page, table, editor
  'bg-sidebar': '#f5f5f6', // left sidebar
  'bg-sunken': '#f7f7f8', // read-only fields, code, table head
  'bg-raised': '#ffffff', // drawer, menu, palette, toast
  'bg-hover': '#f0f0f2',
  'bg-active': '#e6e7ea', // pressed, selected sidebar item
  line: '#e4e5e8', // hairlines: decoration only
  'line-control': '#8b8e96', // field, checkbox and switch outlines: 3.2
  text: '#1a1b1e', // 17
  'text-2': '#5a5d65', // 6.6, and 5.8 on bg-hover
  accent: '#0a6579', // links, focus, selection: 6.6
  'accent-fill': '#0a6579', // primary button, switch on
  'accent-fill-hover': '#08566a',
  'accent-tint': '#e4f1f4',
  'on-accent': '#ffffff',
  ok: '#1b7a3c',
  'ok-tint': '#e9f5ec',
  warn: '#8f5b00',
  'warn-tint': '#fcf3df',
  error: '#be2b21',
  'error-tint': '#fcedeb',
  'chart-1': '#0a6579',
  'chart-2': '#4f97aa',
  'chart-3': '#5d6ba6',
  'chart-4': '#96709f',
  'chart-5': '#868992',
  shadow: '0 0 0 1px rgb(20 22 26 / 0.08), 0 8px 24px rgb(20 22 26 / 0.14)',
  scrim: 'rgb(20 22 26 / 0.22)',
};

/** Dark theme. Same names, so a component never asks which theme it is in. */
const dark: typeof light = {
  bg: '#18191b',
  'bg-sidebar': '#121315',
  'bg-sunken': '#131416',
  'bg-raised': '#1f2023',
  'bg-hover': '#292b2f',
  'bg-active': '#33363b',
  line: '#2f3135',
  'line-control': '#72757d', // 3.8
  text: '#e7e8ea', // 14
  'text-2': '#a3a6ae', // 7.2
  accent: '#5bbdd2', // 8.2
  'accent-fill': '#0f768c', // white on it: 5.3
  'accent-fill-hover': '#12829a',
  'accent-tint': '#15313a',
  'on-accent': '#ffffff',
  ok: '#55bd76',
  'ok-tint': '#172a1d',
  warn: '#dea43c',
  'warn-tint': '#2e2514',
  error: '#f38479',
  'error-tint': '#351c1a',
  'chart-1': '#3f9db3',
  'chart-2': '#7cc7d6',
  'chart-3': '#8c99d6',
  'chart-4': '#c096c8',
  'chart-5': '#8a8d95',
  shadow: '0 0 0 1px rgb(255 255 255 / 0.08), 0 8px 24px rgb(0 0 0 / 0.5)',
  scrim: 'rgb(0 0 0 / 0.45)',
};

const prefixed = (set: Record<string, string>) =>
  Object.fromEntries(Object.entries(set).map(([name, value]) => [`--cp-${name}`, value]));

/** Mantine's own variables point at ours, so that unstyled components already look right. */
const bridge = {
  '--mantine-color-body': 'var(--cp-bg)',
  '--mantine-color-text': 'var(--cp-text)',
  '--mantine-color-dimmed': 'var(--cp-text-2)',
  '--mantine-color-placeholder': 'var(--cp-text-2)',
  '--mantine-color-anchor': 'var(--cp-accent)',
  '--mantine-color-error': 'var(--cp-error)',
  '--mantine-color-default': 'var(--cp-bg-raised)',
  '--mantine-color-default-hover': 'var(--cp-bg-hover)',
  '--mantine-color-default-color': 'var(--cp-text)',
  '--mantine-color-default-border': 'var(--cp-line)',
  '--mantine-color-disabled': 'var(--cp-bg-active)',
  '--mantine-color-disabled-color': 'var(--cp-text-2)',
  '--mantine-color-disabled-border': 'var(--cp-line)',
  '--mantine-primary-color-filled': 'var(--cp-accent-fill)',
  '--mantine-primary-color-filled-hover': 'var(--cp-accent-fill-hover)',
  '--mantine-primary-color-contrast': 'var(--cp-on-accent)',
  '--mantine-primary-color-light': 'var(--cp-accent-tint)',
  '--mantine-primary-color-light-hover': 'var(--cp-accent-tint)',
  '--mantine-primary-color-light-color': 'var(--cp-accent)',
  '--mantine-color-accent-filled': 'var(--cp-accent-fill)',
  '--mantine-color-accent-filled-hover': 'var(--cp-accent-fill-hover)',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--cp-sidebar': '200px',
    '--cp-bar': '44px', // header strip; also the height of the brand row in the sidebar
    '--cp-gutter': '24px', // page side padding
    '--cp-row': '36px', // table row; 32px compact, 40px cosy
    '--cp-fast': '120ms cubic-bezier(0.2, 0, 0, 1)',
  },
  light: { ...prefixed(light), ...bridge },
  dark: { ...prefixed(dark), ...bridge },
});

/* Tuples exist because Mantine wants ten steps. Only `accent` is ever picked by name. */
const accent: MantineColorsTuple = [
  '#e4f1f4',
  '#cbe3e9',
  '#9bcbd6',
  '#5bbdd2',
  '#3aa0b7',
  '#1f879e',
  '#0f768c',
  '#0a6579',
  '#08566a',
  '#064656',
];
const grey: MantineColorsTuple = [
  '#f7f7f8',
  '#f0f0f2',
  '#e6e7ea',
  '#d5d7db',
  '#b6b9c0',
  '#8b8e96',
  '#6d7078',
  '#5a5d65',
  '#35373c',
  '#1a1b1e',
];
const dim: MantineColorsTuple = [
  '#e7e8ea',
  '#c9cbd0',
  '#a3a6ae',
  '#72757d',
  '#45484e',
  '#2f3135',
  '#292b2f',
  '#18191b',
  '#131416',
  '#0d0e0f',
];

const sans =
  '"Segoe UI Variable Text", "SF Pro Text", -apple-system, "Inter Variable", Inter, ' +
  '"PingFang SC", "Microsoft YaHei UI", "Noto Sans SC Variable", "Noto Sans SC", system-ui, sans-serif';
const mono = 'ui-monospace, "SF Mono", "Cascadia Mono", "Geist Mono", monospace';

/** 24 / 28 / 32 px: in-row, toolbar, form. */
const height = (size: unknown) => (size === 'xs' ? '24px' : size === 'md' ? '32px' : '28px');
/** What `C.extend` does, without loading the component before it is used: the first page needs few of them. */
const later = <C extends { readonly extend: (part: never) => unknown }>(part: Parameters<C['extend']>[0]) => part;
const still = { transitionProps: { duration: 120, transition: 'fade' as const } };

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, gray: grey, dark: dim },
  white: '#ffffff',
  black: light.text,
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '13px', lineHeight: '20px' },
      h3: { fontSize: '12px', lineHeight: '16px' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '8px' },
  defaultRadius: 'md',
  cursorType: 'default',
  focusRing: 'auto',
  respectReducedMotion: true,
  autoContrast: false,
  components: {
    Button: Button.extend({
      defaultProps: { variant: 'default', size: 'sm' },
      vars: (_theme, props) => ({
        root: {
          '--button-height': height(props.size),
          '--button-padding-x': props.size === 'xs' ? '8px' : '12px',
          '--button-fz': props.size === 'xs' ? '12px' : '13px',
        },
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray', size: 'sm' },
      vars: (_theme, props) => ({ root: { '--ai-size': height(props.size) } }),
    }),
    Input: later<typeof Input>({
      defaultProps: { size: 'sm' },
      vars: (_theme, props) => ({
        wrapper: { '--input-height': height(props.size), '--input-fz': '13px', '--input-padding': '8px' },
      }),
    }),
    Switch: later<typeof Switch>({
      defaultProps: { size: 'xs', withThumbIndicator: false },
      vars: () => ({ root: { '--switch-height': '16px', '--switch-width': '28px', '--switch-thumb-size': '10px' } }),
    }),
    Checkbox: later<typeof Checkbox>({ defaultProps: { size: 'xs', radius: 'xs' } }),
    SegmentedControl: later<typeof SegmentedControl>({ defaultProps: { size: 'sm', transitionDuration: 0 } }),
    Tabs: later<typeof Tabs>({ defaultProps: { keepMounted: false } }),
    NavLink: NavLink.extend({ defaultProps: { variant: 'subtle' } }),
    Drawer: later<typeof Drawer>({
      defaultProps: {
        position: 'right',
        shadow: 'none',
        padding: 0,
        overlayProps: { backgroundOpacity: 0 },
        transitionProps: { duration: 120, transition: 'slide-left' },
      },
    }),
    Modal: later<typeof Modal>({ defaultProps: { radius: 'lg', ...still } }),
    Menu: later<typeof Menu>({
      defaultProps: { radius: 'lg', shadow: 'none', withInitialFocusPlaceholder: false, ...still },
    }),
    Popover: later<typeof Popover>({ defaultProps: { radius: 'lg', shadow: 'none', ...still } }),
  },
});
