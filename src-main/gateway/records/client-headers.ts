// What an upstream says of its limits and of this request, as far as it is the client's concern: by allow-list.

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const passed = /^(?:anthropic-ratelimit-|x-ratelimit-|x-codex-)|^(?:retry-after|request-id|x-request-id)$/;
/** A header of an upstream is not longer. */
const maxLength = 1024;

export function limitHeaders(headers: Headers): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && value.length <= maxLength && passed.test(name)) found[name] = value;
  }
  return found;
}
