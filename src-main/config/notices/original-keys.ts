// Keys of CLIProxyAPI, versions 5 to 8, that this program knows and does not use. They are no slips of its own keys.
import type { Path } from '../yaml/read/read-value.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const topKeys = words(`
  allow-localhost-unauthenticated amp-model-mappings amp-restrict-management-to-localhost
  amp-upstream-api-key amp-upstream-url ampcode antigravity antigravity-signature-bypass-strict
  antigravity-signature-cache-enabled auth-auto-refresh-workers claude claude-code
  claude-header-defaults codex codex-header-defaults commercial-mode credential-concurrency
  credential-in-flight devin disable-claude-cloak-mode disable-image-generation discovery
  enable-gemini-cli-endpoint gemini-web gpt-image-2-base-model home interactions-api-key meta-api-key
  nonstream-keepalive-interval oauth-request-scoped-errors oauth-settings plugins pprof
  redis-usage-queue-retention-seconds video-result-auth-cache-ttl xai
`);

/** Sections of the layout of version 8, which may stand beside keys of this one. */
const sections = words(`
  access client credentials management models multimedia oauth observability requests server upstream
`);

/** By the last name of their path. */
const innerKeys = words(`
  alpha-search antigravity-credits bootstrap-retries claude-code-session-affinity cloak
  disable-auto-update-panel display-name experimental-cch-signing fingerprint-profile image
  input-modalities is-compat max-context-length output-modalities panel-github-repository
  rebuild-mid-system-message request-scoped-errors session-affinity-subagents support-prompt-cache-key
  thinking
`);

/** Words that switch off a disguise which this program never wears. */
const alwaysSo = ['disable-claude-cloak-mode', 'disable-codex-cloaking', 'cloak', 'disable-cloaking-model-list'];

/** Whether CLIProxyAPI has a key of this name there. */
export const isOriginalKey = (path: Path): boolean =>
  (path.length === 1 ? topKeys : innerKeys).has(String(path.at(-1))) || isSection(path);

const isSection = (path: Path): boolean => path.length === 1 && sections.has(String(path[0]));

/** @param shown the path as text. */
export function unusedSentence(path: Path, shown: string): string {
  if (alwaysSo.includes(String(path.at(-1))))
    return `${shown} has no effect: this program never passes for another client.`;
  if (isSection(path) || shown === 'config-version')
    return `${shown} is kept, but belongs to the layout of CLIProxyAPI 8. This program reads keys at the top, as version 7 does.`;
  if (isOriginalKey(path)) return `${shown} is kept, but only CLIProxyAPI uses it, not this program.`;
  return `${shown} is kept, but this program does not know it.`;
}
