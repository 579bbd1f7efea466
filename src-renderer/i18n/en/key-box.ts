export const keyBox = {
  label: 'Key, address or curl line',
  placeholder: 'Paste a key, an address or a whole curl line',
  note: 'Nothing leaves this computer until you choose Add.',
  paste: 'Paste',
  add: 'Add',
  pasteFailed: 'Could not read the clipboard',
  service: 'Which service is it?',
  which: '{{count, number}} services use keys like this',
  unknown: 'This is neither a key nor an address.',
  testing: 'Asking for one token',
  failed: 'Not added: the test failed',
  addAnyway: 'Add anyway',
} as const;
