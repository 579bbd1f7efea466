// Where a setting stands in a config document: `routing/strategy` is the key `strategy` inside `routing`.

/** The value at a setting's path; undefined where the document lacks it. */
export const settingAt = (document: unknown, path: string): unknown =>
  path
    .split('/')
    .reduce<unknown>((node, name) => (node as Readonly<Record<string, unknown>> | undefined)?.[name], document);

/** Values by path as the document they belong to: what stands before a `/` becomes an object. */
export function nestSettings<V>(
  values: Iterable<readonly [path: string, value: V]>,
): Record<string, V | Record<string, V>> {
  const document: Record<string, V | Record<string, V>> = {};
  for (const [path, value] of values) {
    const [name = '', inner] = path.split('/');
    if (inner === undefined) document[name] = value;
    else document[name] = { ...(document[name] as Record<string, V> | undefined), [inner]: value };
  }
  return document;
}
