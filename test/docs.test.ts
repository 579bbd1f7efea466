// The pages for people name files, commands and each other; what they name must exist.
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const pages = globSync('{*.md,docs/**/*.md,src-*/**/*.md}').map((page) => page.replaceAll(path.sep, '/'));
const textOf = (page: string) => readFileSync(page, 'utf8');

/** As GitHub makes them: lower case, spaces to hyphens, other signs dropped. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

function leadsNowhere(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(target)) return true;
  return anchor !== undefined && !anchorsOf(textOf(target)).includes(anchor);
}

/** Paths from the root of the repository; one with a placeholder, such as `<id>`, is followed up to it. */
const pathsIn = (text: string) =>
  [...text.matchAll(/`((?:src-main|src-shared|src-renderer|test|scripts|docs|resources)\/[^`\s:]*)/g)].map(
    ([, named = '']) => (/[<*{]/.test(named) ? path.dirname(named.replace(/[<*{].*$/, 'x')) : named),
  );

test('there are pages to look at', () => {
  expect(pages).toContain('README.md');
  expect(pages.length).toBeGreaterThan(10);
});

test.each(pages)('the links of %s lead somewhere', (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  expect(links.filter((link) => leadsNowhere(page, link))).toEqual([]);
});

test.each(pages)('the files and commands that %s names exist', (page) => {
  const text = textOf(page);
  expect(pathsIn(text).filter((named) => !existsSync(named))).toEqual([]);
  const scripts = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
  expect(scripts.filter((script) => !Object.hasOwn(manifest.scripts, script))).toEqual([]);
});

test('every decision is in the list of decisions', () => {
  const listed = [...textOf('docs/decisions/README.md').matchAll(/\]\((\d{4}[^)]+)\)/g)].map(([, page]) => page);
  expect(listed).toEqual(
    globSync('docs/decisions/[0-9]*.md')
      .map((page) => path.basename(page))
      .sort(),
  );
});
