export const setting = {
  failed: 'Could not change “{{name}}”',
  names: {
    debug: 'Debug logging',
    'logging-to-file': 'Log to file',
    'logs-max-total-size-mb': 'Maximum log size',
    'usage-statistics-enabled': 'Usage statistics',
    'request-log': 'Request log',
    'request-retry': 'Retries after a failed request',
    'max-retry-interval': 'Maximum wait between retries',
    'proxy-url': 'Upstream proxy',
    'ws-auth': 'Require a key for WebSocket',
    'disable-cooling': 'No cooldown after errors',
    'quota-exceeded/switch-project': 'Switch project when the quota is used up',
    'quota-exceeded/switch-preview-model': 'Switch to the preview model when the quota is used up',
    'routing/strategy': 'Routing strategy',
  },
} as const;
