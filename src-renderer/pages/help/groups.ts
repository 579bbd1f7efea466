// The groups of the API explorer.

export const groups = ['settings', 'keys', 'accounts', 'activity', 'window'] as const;
export type Group = (typeof groups)[number];

const rules: readonly (readonly [RegExp, Group])[] = [
  [/^(api-keys|client-keys|generative-|gemini-api|vertex-|claude-|codex-api|openai-|oauth-|provider-test)/, 'keys'],
  [/^(auth-files|login|cooldowns|found-accounts|.*-login\.)/, 'accounts'],
  [/^(usage(-history)?\.|logs\.|request-(error-)?log-|request-error-logs|api-key-usage|activity)/, 'activity'],
  [/^(server-|refused-clients|doctor|diagnostics|latest-version|proxy-test|management-key|config-history)/, 'window'],
];

export const groupOf = (name: string): Group => rules.find(([pattern]) => pattern.test(name))?.[1] ?? 'settings';
