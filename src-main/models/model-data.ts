// Our two data files, read once at the first question: the catalogue, and the notes on what it lacks.
import {
  type ModelFactsRow,
  type ModelNote,
  modelFactsFileSchema,
  modelNotesFileSchema,
} from '../../src-shared/model-facts.ts';
import catalogue from './model-facts.json' with { type: 'json' };
import { bareModelName, compareVersions, familyOf, type ModelFamily } from './model-names.ts';
import notes from './model-notes.json' with { type: 'json' };

/** Vendors that sell other vendors' models: their rows answer only to `vendor/model`. */
const resellers = new Set(['alibaba', 'cerebras', 'groq']);

interface ModelData {
  readonly notes: readonly ModelNote[];
  /** By bare name, and by `vendor/name`. */
  readonly rows: ReadonlyMap<string, ModelFactsRow>;
  readonly families: readonly (ModelFamily & { readonly row: ModelFactsRow })[];
}

let read: ModelData | undefined;

function data(): ModelData {
  if (read) return read;
  const { models } = modelFactsFileSchema.parse(catalogue);
  const rows = new Map<string, ModelFactsRow>();
  for (const row of models) {
    const name = row.model.toLowerCase();
    rows.set(`${row.vendor}/${name}`, row);
    if (!rows.has(name) || !resellers.has(row.vendor)) rows.set(name, row);
  }
  const families = models
    .filter(({ kind }) => kind === 'chat' || kind === 'responses')
    .map((row) => ({ ...familyOf(row.model.toLowerCase()), row }));
  read = { notes: modelNotesFileSchema.parse(notes).notes, rows, families };
  return read;
}

/** When the catalogue was made: seconds since 1970. */
export const listedSince = Date.parse(catalogue.date) / 1000;

/** The models of a vendor that answer in words and are still served at the date of the catalogue. */
export const rowsOf = (vendor: string): readonly ModelFactsRow[] =>
  data().families.flatMap(({ row }) =>
    row.vendor === vendor && (row.ends === undefined || row.ends >= catalogue.date) ? [row] : [],
  );

export const allNotes = (): readonly ModelNote[] => data().notes;

/** The row of a model under its own name, however a host spells it. */
export function exactRow(name: string): ModelFactsRow | undefined {
  const { rows } = data();
  const bare = bareModelName(name);
  if (bare === undefined) return undefined;
  return (
    rows.get(name.trim().toLowerCase()) ??
    rows.get(bare) ??
    (bare.startsWith('claude-') ? rows.get(bare.replaceAll('.', '-')) : undefined)
  );
}

/**
 * The row of the model that is most like one we do not know: of the same family, else of the family that its first
 * words name, the newest that is not newer than the version asked for.
 */
export function familyRow(bare: string): ModelFactsRow | undefined {
  const { words, version } = familyOf(bare);
  for (let count = words.length; count > 0; count--) {
    const start = words.slice(0, count);
    const begins = data().families.filter((one) => start.every((word, at) => one.words[at] === word));
    const same = begins.filter((one) => one.words.length === count);
    const nearest = nearestVersion(same.length > 0 ? same : begins, version);
    if (nearest) return nearest.row;
  }
  return undefined;
}

function nearestVersion<One extends ModelFamily>(family: readonly One[], version: readonly number[]): One | undefined {
  // A name without a version tells nothing of what is older or newer.
  const versioned = version.length === 0 ? [] : family.filter((one) => one.version.length > 0);
  const ordered = (versioned.length > 0 ? versioned : family).toSorted((one, other) =>
    compareVersions(one.version, other.version),
  );
  if (version.length === 0) return ordered.at(-1);
  return ordered.findLast((one) => compareVersions(one.version, version) <= 0) ?? ordered[0];
}
