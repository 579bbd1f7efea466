// What an upstream says of its limits and of this request, as far as it is the client's concern: by allow-list.

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const passed = /^(?:anthropic-ratelimit-|x-ratelimit-|x-codex-)|^(?:retry-after|request-id|x-request-id)$/;
/** A header of an upstream is not longer. */
const maxLength = 1024;

export function limitHeaders(headers: Headers): Readonly<Record<string, string>> {
  const found = Object.entries(headers).filter(
    ([name, value]) => passed.test(name) && typeof value === 'string' && value.length <= maxLength,
  );
  return Object.fromEntries(found) as Record<string, string>;
}
