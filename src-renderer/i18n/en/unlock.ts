export const unlock = {
  title: 'Open CLI Proxy Desktop',
  note: 'This page manages the gateway at this address. Enter its management key to continue.',
  key: 'Management key',
  keyHelp:
    'It was shown once when the config was created. In the desktop app you can find it under Settings > Security.',
  lost: 'Lost the key? Write a new one after secret-key: in config.yaml on the computer the server runs on, and save the file. The server replaces it with a hash.',
  wrongKey: 'Incorrect key.',
  wrongKeyTries_one: 'Incorrect key. {{count, number}} more attempt before this computer is blocked for a while.',
  wrongKeyTries_other: 'Incorrect key. {{count, number}} more attempts before this computer is blocked for a while.',
  wait: 'Possible again in {{time}}.',
  remember: 'Remember the key in this browser',
  open: 'Open',
  tryAgain: 'Try again',
  reasons: {
    banned: {
      title: 'Too many wrong keys from this computer',
      remedy: 'Access is blocked for a while. Wait, or restart the app on the computer it runs on.',
    },
    'remote-off': {
      title: 'Remote management is turned off',
      remedy: 'Open this page on the computer that runs the server, or allow remote management in its settings.',
    },
    'api-off': {
      title: 'The management API is off',
      remedy: 'config.yaml has no management key. Set remote-management.secret-key and try again.',
    },
    rejected: { title: 'The server rejected the connection', remedy: 'Its response is shown below.' },
  },
} as const;
