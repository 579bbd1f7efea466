// The pages of the window by name, in the order of the sidebar. `key` follows G to go there.

export const pageList = [
  { id: 'home', group: undefined, key: 'h' },
  { id: 'accounts', group: 'access', key: 'a' },
  { id: 'files', group: 'access', key: 'f' },
  { id: 'providers', group: 'access', key: 'p' },
  { id: 'keys', group: 'access', key: 'k' },
  { id: 'requests', group: 'activity', key: 'r' },
  { id: 'usage', group: 'activity', key: 'u' },
  { id: 'logs', group: 'activity', key: 'l' },
  { id: 'tools', group: 'setup', key: 't' },
  { id: 'config', group: 'setup', key: 'c' },
  { id: 'settings', group: 'setup', key: 's' },
  { id: 'help', group: 'setup', key: '?' },
] as const;

export type PageId = (typeof pageList)[number]['id'];

/** The group headings of the sidebar; the first group has none. */
export const groups = [undefined, 'access', 'activity', 'setup'] as const;
