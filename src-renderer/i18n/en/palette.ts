export const palette = {
  title: 'Commands',
  groups: {
    pages: 'Pages',
    switches: 'Switches',
    settings: 'Settings',
    accounts: 'Accounts',
    keys: 'Client keys',
    actions: 'Actions',
  },
  nothing: 'No results for “{{query}}”.',
  move: 'move',
  open: 'Enter open',
  stay: 'Ctrl Enter toggle and keep open',
  copyKey: 'Copy key',
  login: 'Sign in to an account',
  doctor: 'Run the doctor',
  folders: { config: 'Open config folder', accounts: 'Open auth folder', logs: 'Open log folder' },
} as const;
