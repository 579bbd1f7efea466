// Writes `out/THIRD_PARTY_NOTICES.md`: the licence of every package of which the build contains a module.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** One package, as Vite's `build.license` writes it into a `.json` file. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier, from its package.json. */
  readonly identifier?: string;
  /** Its licence file; a few packages are published without one. */
  readonly text?: string;
}

/** The notices of all packages, each version once, in alphabetical order. */
export function thirdPartyNotices(packages: readonly BundledPackage[]): string {
  const byVersion = new Map(packages.map((bundled) => [`${bundled.name} ${bundled.version}`, bundled]));
  const sections = [...byVersion]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([title, bundled]) => {
      const { identifier = 'see its home page', text } = bundled;
      const page = `https://www.npmjs.com/package/${bundled.name}`;
      return `## ${title}\n\nLicence: ${identifier}\n\n${text ?? `Published without a licence text: <${page}>`}\n`;
    });
  const head =
    '# Third-party notices\n\nThis program contains code and fonts of the packages below, under their own licences.\n';
  return [head, ...sections].join('\n');
}

/**
 * Joins the lists that the environments of a build leave behind, and removes them.
 * @param lists files in `build.license` form, relative to `outDir`
 */
export function writeThirdPartyNotices(outDir: URL, lists: readonly string[]): void {
  const files = lists.map((list) => new URL(list, outDir));
  const packages = files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as BundledPackage[]);
  writeFileSync(new URL('THIRD_PARTY_NOTICES.md', outDir), thirdPartyNotices(packages));
  for (const file of files) rmSync(file);
}
