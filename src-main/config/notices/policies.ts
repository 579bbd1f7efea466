// Client policies that hold for nobody.
import { anyKey } from '../../../src-shared/policy-terms.ts';
import { nodeAt } from '../yaml/read/node-at.ts';
import type { Document } from '../yaml/read/nodes.ts';
import type { Finding } from './config-notices.ts';
import type { InForce } from './listening.ts';

/** A policy restricts a key, it does not admit one. The key is not repeated. */
export function policyFindings(document: Document, { config }: Pick<InForce, 'config'>): readonly Finding[] {
  const keys = new Set([anyKey, ...config['api-keys']]);
  return config['client-policies'].flatMap((policy, index) => {
    if (keys.has(policy['api-key'])) return [];
    const path = ['client-policies', index, 'api-key'];
    const message = `client-policies[${index}] has no effect: its api-key is not in api-keys.`;
    return [{ path, at: nodeAt(document, path)?.start ?? 0, kind: 'unused' as const, message }];
  });
}
