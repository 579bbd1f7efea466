export const pages = {
  home: 'Home',
  accounts: 'Accounts',
  files: 'Auth files',
  providers: 'Provider keys',
  keys: 'Client keys',
  usage: 'Usage',
  logs: 'Logs',
  config: 'Config',
  settings: 'Settings',
  help: 'Help',
} as const;

export const sidebar = {
  label: 'Pages',
  groups: { access: 'Access', activity: 'Activity', setup: 'Setup' },
  version: 'Version {{version}}',
  pageWithAlerts_one: '{{page}}, {{count, number}} thing needs you',
  pageWithAlerts_other: '{{page}}, {{count, number}} things need you',
} as const;

export const header = {
  search: 'Search or run a command',
  searchShort: 'Search',
  privacy: 'Hide e-mails and keys',
  baseUrl: 'Base URL',
  managementUrl: 'Management URL',
  copyBaseUrl: 'Copy base URL',
  copyManagementUrl: 'Copy management URL',
  restart: 'Restart server',
  stop: 'Stop server',
  serverControlFailed: 'The server could not be controlled',
  signOut: 'Forget the key and leave',
} as const;
