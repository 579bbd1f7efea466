// A client policy as it will stand in the config file, with its key masked.
import type { ClientPolicy } from '../../../src-shared/client-policies.ts';
import { anyKey } from '../../../src-shared/policy-terms.ts';
import { maskKey } from '../../components/mask.ts';
import { yamlScalar } from '../../components/yaml-scalar.ts';

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([name, member]) => `${name}: ${flow(member)}`)
      .join(', ')} }`;
  }
  return yamlScalar(value);
}

/** One member a line; lists of limits one limit a line. */
export function policyYaml(policy: ClientPolicy): string {
  const key = policy['api-key'];
  const shown = { ...policy, 'api-key': key === anyKey ? key : maskKey(key) };
  const lines = Object.entries(shown).flatMap(([name, value]) =>
    name === 'limits' && Array.isArray(value)
      ? [`${name}:`, ...value.map((limit) => `  - ${flow(limit)}`)]
      : [`${name}: ${flow(value)}`],
  );
  return ['client-policies:', ...lines.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`)].join('\n');
}
