import { dump, load } from 'js-yaml';
import { type Config, configSchema } from '../../../src-shared/config.ts';
import { Problem } from '../../../src-shared/problem.ts';
import type { Edit } from '../snapshot.ts';

export function readConfig(text: string): Config {
  let doc: unknown;
  try {
    doc = load(text);
  } catch (error) {
    const mark = (error as { mark?: { line: number; column: number }; reason?: string }).mark;
    throw new Problem('invalid_config', `line ${(mark?.line ?? 0) + 1}, column ${(mark?.column ?? 0) + 1}: ${(error as { reason?: string }).reason}`);
  }
  if (doc === null || typeof doc !== 'object' || Array.isArray(doc)) throw new Problem('invalid_config', 'line 1, column 1: not a mapping');
  const out = configSchema.safeParse(doc);
  if (!out.success) throw new Problem('invalid_config', `line 1, column 1: ${out.error.message}`);
  return out.data;
}
export function applyEdits(text: string, edits: readonly Edit[]): string {
  for (const { path, value } of edits) {
    const key = String(path[path.length - 1]);
    const line = new RegExp(`^(\\s*${key}:[ ]*)([^#\\n]*?)([ ]*(#.*)?)$`, 'm');
    if (value !== undefined && typeof value !== 'object' && line.test(text)) text = text.replace(line, (_m, a, _b, c) => a + JSON.stringify(value) + c);
    else {
      const doc = load(text) as Record<string, unknown>;
      let at: any = doc;
      for (const p of path.slice(0, -1)) at = at[p] ??= {};
      if (value === undefined) delete at[key]; else at[key] = value;
      text = dump(doc);
    }
  }
  return text;
}
