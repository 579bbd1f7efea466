export const common = {
  on: 'On',
  off: 'Off',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  undo: 'Undo',
  copy: 'Copy',
  delete: 'Delete',
  edit: 'Edit',
  more: 'More for {{name}}',
  tryAgain: 'Try again',
  clearFilters: 'Clear filters',
  loading: 'Loading',
  stale: 'This could not be renewed. It is as it was at {{time}}.',
  pageFailed: 'This page cannot be shown',
  folderFailed: 'The folder cannot be opened',
  actions: 'Actions',
} as const;

export const copy = {
  label: 'Copy {{what}}',
  done: 'Copied: {{what}}',
  cleared: 'The clipboard is cleared in a minute.',
  failed: '{{what}} could not be copied',
} as const;

export const secret = { reveal: 'Show {{what}}', hide: 'Hide {{what}}' } as const;

export const toast = { undoFailed: 'This could not be undone' } as const;

export const time = {
  span: { seconds: '{{count, number}} s', minutes: '{{count, number}} min', hours: '{{count, number}} h' },
  seconds: '{{count, number}} s ago',
  minutes: '{{count, number}} min ago',
  hours: '{{count, number}} h ago',
  days_one: '{{count, number}} day ago',
  days_other: '{{count, number}} days ago',
} as const;
