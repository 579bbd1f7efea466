export const pages = {
  home: 'Home',
  accounts: 'Accounts',
  files: 'Auth files',
  providers: 'Provider keys',
  keys: 'Client keys',
  requests: 'Requests',
  usage: 'Usage',
  logs: 'Logs',
  tools: 'Tools',
  config: 'Config',
  settings: 'Settings',
  help: 'Help',
} as const;

export const sidebar = {
  label: 'Pages',
  skip: 'Skip to content',
  groups: { access: 'Access', activity: 'Activity', setup: 'Setup' },
  pageUnsaved: '{{page}}, unsaved edits',
  version: 'Version {{version}}',
  pageWithAlerts_one: '{{page}}, {{count, number}} item needs attention',
  pageWithAlerts_other: '{{page}}, {{count, number}} items need attention',
} as const;

export const header = {
  search: 'Search or run a command',
  searchShort: 'Search',
  privacy: 'Hide email addresses and keys',
  baseUrl: 'Base URL',
  managementUrl: 'Management URL',
  copyBaseUrl: 'Copy base URL',
  copyManagementUrl: 'Copy management URL',
  restart: 'Restart server',
  stop: 'Stop server',
  serverControlFailed: 'Could not control the server',
  signOut: 'Forget key and sign out',
} as const;
