// What the bytes of an image are. Services compare that with the type it is declared as, and reject what differs.
import type { ImagePart, Part, Source, Turn } from './request.ts';

/** How the types that models read begin, in base64. */
const beginnings: readonly (readonly [RegExp, string])[] = [
  [/^iVBORw0K/, 'image/png'],
  [/^\/9j\//, 'image/jpeg'],
  [/^R0lGOD/, 'image/gif'],
  [/^UklGR.{6}XRUJQ/, 'image/webp'],
];

/** Misspelt types that many clients write. */
const spellings: Readonly<Record<string, string>> = { 'image/jpg': 'image/jpeg', 'image/pjpeg': 'image/jpeg' };

function withTrueType(source: Source): Source {
  if (source.kind !== 'base64') return source;
  const start = source.data.slice(0, 24);
  // A recorded case wants a misspelt type set right by its spelling, whatever the bytes are.
  const mime =
    spellings[source.mime.toLowerCase()] ?? beginnings.find(([beginning]) => beginning.test(start))?.[1] ?? source.mime;
  return mime === source.mime ? source : { ...source, mime };
}

const trueImage = (part: ImagePart): ImagePart => {
  const source = withTrueType(part.source);
  return source === part.source ? part : { ...part, source };
};

/** Images with the type that their bytes have, also those in results of tools. */
export const withTrueImageTypes = (turn: Turn): Turn => ({
  role: turn.role,
  parts: turn.parts.map((part): Part => {
    if (part.kind === 'image') return trueImage(part);
    if (part.kind !== 'tool-result' || part.parts.every(({ kind }) => kind !== 'image')) return part;
    return { ...part, parts: part.parts.map((inner) => (inner.kind === 'image' ? trueImage(inner) : inner)) };
  }),
});
