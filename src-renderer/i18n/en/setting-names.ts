export const setting = {
  failed: '“{{name}}” could not be changed',
  names: {
    debug: 'Debug logging',
    'logging-to-file': 'Log to file',
    'logs-max-total-size-mb': 'Log size',
    'usage-statistics-enabled': 'Usage statistics',
    'request-log': 'Request log',
    'request-retry': 'Tries after a failed request',
    'max-retry-interval': 'Longest wait between tries',
    'proxy-url': 'Upstream proxy',
    'ws-auth': 'Key for web sockets',
    'disable-cooling': 'No rest after errors',
    'quota-exceeded/switch-project': 'Change project when the quota is used up',
    'quota-exceeded/switch-preview-model': 'Use a preview model when the quota is used up',
    'routing/strategy': 'Order of accounts',
  },
} as const;
