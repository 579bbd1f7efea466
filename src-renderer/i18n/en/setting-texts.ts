// What the settings are called and what they are for.
import type { SettingTexts } from '../setting-texts.ts';

export const setting = {
  host: {
    name: 'Accessible from',
    help: 'Address the server listens on. 127.0.0.1: this computer only. 0.0.0.0: the whole network. Other computers on the network could use up your quota.',
  },
  port: {
    name: 'Port',
    help: 'Port the server listens on. Default: 8317. Clients must use the new address after a change.',
  },
  'tls/enable': {
    name: 'HTTPS',
    help: 'Serves HTTPS on the port, and nothing else. Clients need the new address, and must trust the certificate.',
  },
  'tls/cert': { name: 'Certificate', help: 'Path of the PEM file with the certificate and its chain.' },
  'tls/key': { name: 'Private key', help: 'Path of the PEM file with the private key of the certificate.' },
  'auth-dir': { name: 'Auth folder', help: 'Folder that holds the auth files. ~ is your home folder.' },
  'remote-management/allow-remote': {
    name: 'Remote management',
    help: 'Lets other computers manage this server with the management key. The server must also be accessible from the network.',
  },
  'remote-management/secret-key': {
    name: 'Management key',
    help: 'Bcrypt hash of the management key. A plain-text key is replaced by its hash when the file is loaded.',
  },
  'remote-management/disable-control-panel': {
    name: 'No web page',
    help: 'Stops serving this page at /management.html.',
  },
  debug: { name: 'Debug logging', help: 'Writes more detail to the log. Keys are never logged.' },
  'logging-to-file': { name: 'Log to file', help: 'Writes the log to a file, so that it outlives the program.' },
  'logs-max-total-size-mb': {
    name: 'Maximum log size',
    help: 'In megabytes. The oldest files are deleted beyond this size. 0: no limit.',
  },
  'error-logs-max-files': {
    name: 'Logs of failed requests',
    help: 'How many are kept while request logs are off. The oldest are deleted. 0: no limit.',
  },
  'usage-statistics-enabled': {
    name: 'Usage statistics',
    help: 'Counts requests and tokens per client key and model.',
  },
  'request-log': { name: 'Request log', help: 'Records full prompts and responses. Uses a lot of disk space.' },
  'request-retry': {
    name: 'Retries after a failed request',
    help: 'Each retry tries all accounts and keys again after a short wait.',
  },
  'max-retry-credentials': {
    name: 'Accounts and keys per attempt',
    help: 'How many accounts and keys may be tried before a retry. 0: all of them.',
  },
  'max-retry-interval': { name: 'Maximum wait between retries', help: 'Maximum wait between retries, in seconds.' },
  'force-model-prefix': {
    name: 'Prefixes are required',
    help: 'Accounts and keys with a prefix serve only model names that begin with it, such as team/gpt-5.',
  },
  'use-env-proxy': {
    name: 'Proxy of the environment',
    help: 'Uses HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY where no other proxy is set.',
  },
  'streaming/keepalive-seconds': {
    name: 'Sign of life in streams',
    help: 'Seconds of silence after which a client gets a comment line. 0: the default interval. A negative number: never.',
  },
  'proxy-url': {
    name: 'Upstream proxy',
    help: 'For all connections to providers: http, https or socks5, with user name and password if needed.',
  },
  'transient-error-cooldown-seconds': {
    name: 'Cooldown after server errors',
    help: 'In seconds, after timeouts, server errors and network errors. 0: one minute. Negative: none.',
  },
  'disable-cooling': { name: 'No cooldown after errors', help: 'Keeps using accounts right after a rejection.' },
  'ws-auth': {
    name: 'Require a key for WebSocket',
    help: 'Clients that connect over WebSocket must send a client key.',
  },
  'quota-exceeded/switch-project': {
    name: 'Switch project when the quota is used up',
    help: 'For Gemini CLI accounts with more than one project.',
  },
  'quota-exceeded/switch-preview-model': {
    name: 'Switch to the preview model when the quota is used up',
    help: 'Continues with the preview version of the model.',
  },
  'routing/strategy': {
    name: 'Routing strategy',
    help: 'round-robin takes accounts in turn; weighted-round-robin by their weights; fill-first uses one until its quota is used up; soonest-reset the one whose quota renews first.',
  },
  'routing/session-affinity': {
    name: 'Keep conversations together',
    help: 'auto: requests that name their session stay with one account or key; true: others too, by their first words; false: never.',
  },
  'routing/session-affinity-ttl': {
    name: 'How long conversations are kept together',
    help: 'Since the last request of the conversation, such as 90s or 1h. Default: 1h.',
  },
  'routing/session-affinity-max': {
    name: 'Conversations kept together at most',
    help: 'Beyond this number the one unused for longest is forgotten. Default: 100000.',
  },
  'save-cooldown-status': {
    name: 'Keep cooldowns over restarts',
    help: 'Accounts and keys that were rejected stay out after a restart until their time is over.',
  },
  'first-byte-timeout-seconds': {
    name: 'Maximum wait for a response to begin',
    help: 'In seconds. Then the next account or key is asked. 0: no limit.',
  },
  'idle-timeout-seconds': {
    name: 'Maximum silence within a response',
    help: 'In seconds. A response in which nothing comes for so long is ended. 0: no limit.',
  },
  'request-history/enabled': {
    name: 'Keep a history of requests',
    help: 'Who asked which model when, who answered, tokens and costs. Never prompts or answers.',
  },
  'request-history/days': {
    name: 'Days the history is kept',
    help: 'Older requests are removed. 0: no limit.',
  },
  'request-history/max-mb': {
    name: 'Maximum size of the history',
    help: 'In megabytes. Beyond it the oldest requests are removed. 0: no limit.',
  },
  'queue-timeout-seconds': {
    name: 'Maximum wait in the queue',
    help: 'In seconds. How long a request waits while all accounts and keys have as many requests as they may. 0: it does not wait.',
  },
  'passthrough-headers': {
    name: 'Pass limit headers on to programs',
    help: 'What the provider says of its limits, and its request id. auto: when only one account or key can answer.',
  },
  'max-upload-mb': {
    name: 'Maximum upload size',
    help: 'In megabytes. Larger files, pictures and recordings are refused. Default: 512.',
  },
  'responses-store/enabled': {
    name: 'Keep responses in memory',
    help: 'Lets Responses clients go on with previous_response_id at every provider. Nothing is written to disk.',
  },
  'responses-store/max-mb': {
    name: 'Memory for kept responses',
    help: 'In megabytes. The responses unused for longest are forgotten first. Default: 64.',
  },
  'responses-store/ttl-minutes': {
    name: 'How long responses are kept',
    help: 'In minutes since they were last used. Default: 60.',
  },
  'image-base-model': {
    name: 'Model that calls the image tool',
    help: 'For pictures made with a ChatGPT account. Empty: the first model of the account.',
  },
  'time-zone': {
    name: 'Time zone',
    help: 'The zone in which days begin for limits, costs and expiry dates, such as Europe/Berlin. Empty: the one of this machine; with a shared database, the one of the machine that set it up.',
  },
  'metrics/listen': {
    name: 'Metrics without a key',
    help: 'Address and port on which GET /metrics needs no key, such as 127.0.0.1:9317. Empty: only with the management key, on the main port.',
  },
} as const satisfies SettingTexts;
