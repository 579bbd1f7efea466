// The table of providers as source text: one import and one member for each row of `src-shared/providers.ts`.
import { providerRows } from '../src-shared/providers.ts';

/** Its order is that of the file names, which is what the formatter wants of imports. */
export function providerTable(): string {
  const ids = Object.keys(providerRows);
  const imports = [...ids].sort().map((id) => `import { ${camelCase(id)} } from './${id}.ts';`);
  const members = ids.map((id) => (camelCase(id) === id ? `  ${id},` : `  '${id}': ${camelCase(id)},`));
  return `// The file of every row of \`src-shared/providers.ts\`. Written by \`npm run generate\`.
import type { ProviderId } from '../../src-shared/providers.ts';
${[...imports, "import type { Provider } from './provider.ts';"].sort(byFile).join('\n')}

export const providersById: Readonly<Record<ProviderId, Provider>> = {
${members.join('\n')}
};
`;
}

const camelCase = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const fileOf = (line: string) => line.slice(line.indexOf("'./"), line.lastIndexOf('.ts'));

const byFile = (one: string, other: string) => (fileOf(one) < fileOf(other) ? -1 : 1);
