export const common = {
  movedTo: '{{name}} is number {{place}} of {{count}}',
  moveRow: 'Move {{name}}, number {{place}}: arrow keys or drag',
  on: 'On',
  off: 'Off',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  undo: 'Undo',
  copy: 'Copy',
  delete: 'Delete',
  edit: 'Edit',
  more: 'More actions for {{name}}',
  tryAgain: 'Try again',
  clearFilters: 'Clear filters',
  loading: 'Loading',
  stale: 'Could not refresh. Showing data from {{time}}.',
  pageFailed: 'This page could not be displayed',
  folderFailed: 'The folder could not be opened',
  actions: 'Actions',
  answeredBy: 'answered by',
  line: 'Line {{line, number}}',
  lineAdded: 'added: ',
  lineRemoved: 'removed: ',
} as const;

export const copy = {
  label: 'Copy {{what}}',
  done: 'Copied {{what}}',
  cleared: 'The clipboard will be cleared in one minute.',
  failed: 'Could not copy {{what}}',
} as const;

export const secret = { reveal: 'Show {{what}}', hide: 'Hide {{what}}' } as const;

export const toast = { label: 'Notifications', undoFailed: 'Could not undo' } as const;

export const time = {
  span: { seconds: '{{count, number}} s', minutes: '{{count, number}} min', hours: '{{count, number}} h' },
  seconds: '{{count, number}} s ago',
  minutes: '{{count, number}} min ago',
  hours: '{{count, number}} h ago',
  days_one: '{{count, number}} day ago',
  days_other: '{{count, number}} days ago',
} as const;

export const chart = { bar: '{{label}}: {{values}}', together: 'Together' } as const;
