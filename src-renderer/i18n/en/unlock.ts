export const unlock = {
  title: 'Open CLI Proxy Desktop',
  note: 'This window manages the proxy on this address. It needs the management key.',
  key: 'Management key',
  keyHelp: 'Shown once when the config was made. The desktop app shows it again under Settings, Security.',
  wrongKey: 'This key is not right. After five wrong keys the server waits for a while.',
  remember: 'Keep the key in this browser',
  open: 'Open',
  tryAgain: 'Try again',
  reasons: {
    banned: {
      title: 'Too many wrong keys came from this computer',
      remedy: 'The server refuses for a while. Wait, or restart the app on the computer it runs on.',
    },
    'remote-off': {
      title: 'Management from other computers is off',
      remedy: 'Open this page on the computer the server runs on, or allow remote management in its settings.',
    },
    'api-off': {
      title: 'The management API is off',
      remedy: 'No management key is set in config.yaml. Set remote-management.secret-key and try again.',
    },
    refused: { title: 'The server refuses this window', remedy: 'Its answer is below.' },
  },
} as const;
