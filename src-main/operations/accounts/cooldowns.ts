// Handlers of the keys and accounts that are cooling down.
import type { Cooldown, cooldownsContract } from '../../../src-shared/contract/cooldowns.ts';
import type { Actor, Implementation } from '../../../src-shared/operation.ts';

/** The gateway, which starts and ends cooldowns. */
export interface Cooldowns {
  cooldowns(): readonly Cooldown[];
  /** Throws Problem `item_not_found` for an id that nothing has. */
  resetCooldown(id: string | undefined, actor: Actor): number;
}

export function cooldownHandlers(gateway: Cooldowns): Implementation<typeof cooldownsContract> {
  return {
    'cooldowns.list': () => ({ cooldowns: [...gateway.cooldowns()] }),
    'cooldowns.reset': ({ id }, actor) => ({ status: 'ok', ended: gateway.resetCooldown(id, actor) }),
  };
}
