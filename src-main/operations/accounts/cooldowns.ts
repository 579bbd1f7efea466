// Handlers of the keys and accounts that are cooling down.
import type { Cooldown, cooldownsContract } from '../../../src-shared/contract/cooldowns.ts';
import type { Actor, Implementation } from '../../../src-shared/operation.ts';

/** The gateway, which starts and ends cooldowns. */
export interface Cooldowns {
  cooldowns(): readonly Cooldown[];
  /** Throws Problem `item_not_found` for an id that nothing has. */
  resetCooldown(id: string | undefined, actor: Actor): number;
  /** Throws Problem `auth_not_found` for an index that nothing has. */
  resetQuota(authIndex: string, actor: Actor): readonly string[];
}

export function cooldownHandlers(gateway: Cooldowns): Implementation<typeof cooldownsContract> {
  return {
    'cooldowns.list': () => ({ cooldowns: [...gateway.cooldowns()] }),
    'cooldowns.reset': ({ id }, actor) => ({ status: 'ok', ended: gateway.resetCooldown(id, actor) }),
    'quota.reset': ({ auth_index }, actor) => ({
      ...{ status: 'ok', auth_index },
      models: [...gateway.resetQuota(auth_index, actor)],
    }),
  };
}
