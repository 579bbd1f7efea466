// The stand-in forbids what Electron forbids, and has only what it has: everything else fails the test.
import { isDeepStrictEqual } from 'node:util';

const violations: string[] = [];

/** What the program did against the rules so far. */
export const seenViolations = (): readonly string[] => violations;

/** Notes a breach and throws: a program that swallows the error still fails the test. */
export function violation(what: string): never {
  violations.push(what);
  throw new Error(`Electron stand-in: ${what}`);
}

const harmless: ReadonlySet<PropertyKey> = new Set(['then', 'toJSON', 'constructor', 'nodeType', 'asymmetricMatch']);

/** Reading a member that the stand-in lacks is an error instead of undefined. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      if (key in object || typeof key === 'symbol' || harmless.has(key)) {
        const value: unknown = Reflect.get(object, key, receiver);
        // Private fields are on the object, not on its proxy.
        return typeof value === 'function' && !/^class\b/.test(String(value)) ? value.bind(object) : value;
      }
      return violation(`${name} has no ${key}`);
    },
  });
}

/** A value as it arrives behind an IPC channel. Throws for what the structured clone algorithm refuses. */
export function cloned<T>(value: T, where: string): T {
  try {
    return structuredClone(value);
  } catch (error) {
    return violation(`${where}: ${(error as Error).message}`);
  }
}

/** JSON that keeps `undefined`. Values that JSON would bend are refused: our IPC carries plain values. */
export function toWire(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) => (part === undefined ? { $undefined: true } : part)) as
    | string
    | undefined;
  if (text === undefined) return '{"$undefined":true}';
  if (!isDeepStrictEqual(fromWire(text), value)) violation(`a value on IPC is not plain: ${text.slice(0, 200)}`);
  return text;
}

export function fromWire(text: string): unknown {
  const revive = (part: unknown): unknown => {
    if (part === null || typeof part !== 'object') return part;
    if ('$undefined' in part) return undefined;
    if (Array.isArray(part)) return part.map(revive);
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, revive(inner)]));
  };
  return revive(JSON.parse(text));
}
