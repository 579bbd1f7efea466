// The config of a first run. It is the user's file from then on, so it is written to be read.

export interface TemplateValues {
  readonly authDir: string;
  readonly clientKey: string;
  /** bcrypt hash of the management key. */
  readonly secretHash: string;
}

/** A single-quoted YAML scalar: backslashes of Windows paths need no escapes in it. */
const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;

export function configTemplate({ authDir, clientKey, secretHash }: TemplateValues): string {
  return `# CLI Proxy Desktop: settings.
#
# Change this file with any editor, or in the window of the program: a save takes effect at once, and what
# the program writes leaves your comments and your order alone. Lines that begin with "# " are off.

# ---------------------------------------------------------------- Where it listens

# 127.0.0.1 is this computer only. To serve your network, put 0.0.0.0 here and choose strong keys below.
host: 127.0.0.1
port: 8317

# ---------------------------------------------------------------- Who may use it

# Programs that send requests to models show one of these keys. Give each program its own.
api-keys:
  - ${quoted(clientKey)}

# The management key opens the settings, in the window, on the web page and through the management API.
remote-management:
  # Kept as a bcrypt hash. To set a new key, write it here in plain text: it is hashed when the file is read.
  secret-key: ${quoted(secretHash)}
  # true lets other computers use the management API. Leave it off unless you need it.
  allow-remote: false
  # true takes away the web page at /management.html.
  disable-control-panel: false

# ---------------------------------------------------------------- Accounts and providers

# The folder with the accounts you log in to. Do not share it with another program that refreshes tokens.
auth-dir: ${quoted(authDir)}

# Besides accounts, providers can be used by key. Take the "# " away from what you need.

# gemini-api-key:
#   - api-key: AIza-your-key
#     # These may stand at every key of this kind:
#     base-url: https://generativelanguage.googleapis.com
#     proxy-url: socks5://user:password@127.0.0.1:1080
#     headers:
#       X-Team: research
#     excluded-models:
#       - gemini-2.5-flash

# claude-api-key:
#   - api-key: sk-ant-your-key
#     models:
#       # "alias" is what your programs ask for, "name" what the provider is asked for.
#       - name: claude-sonnet-4-5
#         alias: sonnet

# A codex-api-key needs a base-url.
# codex-api-key:
#   - api-key: sk-your-key
#     base-url: https://api.openai.com/v1

# Any service that speaks the OpenAI API. Several keys take turns.
# openai-compatibility:
#   - name: openrouter
#     base-url: https://openrouter.ai/api/v1
#     api-key-entries:
#       - api-key: sk-or-your-key
#     models:
#       - name: moonshotai/kimi-k2
#         alias: kimi

# ---------------------------------------------------------------- How requests are sent

# The way out to the providers: http, https or socks5, with user and password where needed. Empty is direct.
proxy-url: ''

# How many more rounds to try when all accounts failed, and the longest pause between them in seconds.
request-retry: 3
max-retry-interval: 30

# round-robin takes accounts in turn; fill-first uses one until it is cooling down.
routing:
  strategy: round-robin

# When a quota is used up: go on with another Gemini project, or with a preview model.
quota-exceeded:
  switch-project: true
  switch-preview-model: true

# ---------------------------------------------------------------- What is recorded

# Counts of requests and tokens, kept in memory until the program ends.
usage-statistics-enabled: true

# Write the log to files in the folder "logs" beside this file, at most so many megabytes in all.
logging-to-file: false
logs-max-total-size-mb: 512

# More detail in the log.
debug: false

# Keep whole requests and answers in the log folder. They contain what you and the models wrote.
request-log: false
`;
}
