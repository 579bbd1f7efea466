// The only way to the browser: pages of logins that wait, and documentation. Never an address made by the window.

/** Sites of documentation that the window may link to. */
const documentationHosts: ReadonlySet<string> = new Set([
  'docs.anthropic.com',
  'console.anthropic.com',
  'platform.openai.com',
  'ai.google.dev',
  'aistudio.google.com',
  'github.com',
]);

function parsed(address: string): URL | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // User and password in an address only serve to make it look like another.
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url : undefined;
}

/** Whether an address may be opened at all. */
export const isSafeExternalUrl = (address: string): boolean => parsed(address) !== undefined;

export function isDocumentationUrl(address: string): boolean {
  const url = parsed(address);
  return url !== undefined && url.port === '' && documentationHosts.has(url.hostname);
}
