// What a provider sends the browser back with, from an address, a query, or what a person pastes.

export interface Callback {
  readonly code: string;
  readonly state: string;
  /** The provider's error code, `''` when there is none. */
  readonly error: string;
  readonly description: string;
}

interface Given {
  readonly redirectUrl?: string | undefined;
  readonly code?: string | undefined;
  readonly state?: string | undefined;
  readonly error?: string | undefined;
}

/** The response in the query of a callback address. */
export function callbackIn(query: Readonly<Record<string, string>>): Callback {
  return {
    code: query.code ?? '',
    state: query.state ?? '',
    error: query.error ?? '',
    description: query.error_description ?? '',
  };
}

/**
 * The response in what was handed in: a whole address (with or without `http://`), a bare query, or a bare code,
 * which may have its state behind a `#`. Fields that were given themselves win.
 */
export function handedIn(given: Given): Callback {
  const pasted = readPasted(unwrapped(given.redirectUrl ?? ''));
  const [code = '', stateOfCode = ''] = splitCode(unwrapped(given.code ?? '') || pasted.code);
  return {
    code,
    state: (given.state ?? '').trim() || pasted.state || stateOfCode,
    error: (given.error ?? '').trim() || pasted.error,
    description: pasted.description,
  };
}

const wrappings: readonly (readonly [string, string])[] = ['""', "''", '``', '<>', '“”', '‘’', '«»', '()'].map(
  (pair) => [pair.charAt(0), pair.charAt(1)],
);

/** Without what mail programs, terminals and HTML put around or into an address: quotes, line breaks, `&amp;`. */
function unwrapped(text: string): string {
  let plain = text.replace(/[\r\n\t]/g, ' ').trim();
  for (let wrapping = wrappingOf(plain); wrapping !== undefined; wrapping = wrappingOf(plain)) {
    plain = plain.slice(1, -1).trim();
  }
  // A line of an address is broken anywhere, and indented; no address and no code has a blank in it.
  return plain.replaceAll(' ', '').replaceAll('&amp;', '&');
}

const wrappingOf = (text: string) =>
  text.length < 2 ? undefined : wrappings.find(([open, close]) => text.startsWith(open) && text.endsWith(close));

function readPasted(text: string): Callback {
  const mark = text.indexOf('?');
  const query = mark >= 0 ? text.slice(mark + 1) : text;
  if (mark < 0 && !/(?:^|&)(?:code|state|error)=/.test(text)) {
    // An address without a query says nothing; anything else is the code itself.
    const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
    return { code: isAddress ? '' : text, state: '', error: '', description: '' };
  }
  // Browsers show what follows a `#`, but it is no part of the query.
  const [plain = '', fragment = ''] = splitCode(query);
  const response = callbackIn(Object.fromEntries(new URLSearchParams(plain)));
  return response.code !== '' && response.state === '' ? { ...response, state: fragment } : response;
}

/** `code#state`, as Claude's page shows it. */
function splitCode(text: string): string[] {
  const mark = text.indexOf('#');
  return mark < 0 ? [text] : [text.slice(0, mark), text.slice(mark + 1)];
}
