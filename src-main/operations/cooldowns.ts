// Handlers of the keys and accounts that rest.
import type { Cooldown, cooldownsContract } from '../../src-shared/contract/cooldowns.ts';
import type { Actor, Implementation } from '../../src-shared/operation.ts';

/** Where rests are known and ended: the gateway. */
export interface Resting {
  cooldowns(): readonly Cooldown[];
  /** Throws Problem `item_not_found` for an id that nothing has. */
  resetCooldown(id: string | undefined, actor: Actor): number;
}

export function cooldownHandlers(resting: Resting): Implementation<typeof cooldownsContract> {
  return {
    'cooldowns.list': () => ({ cooldowns: [...resting.cooldowns()] }),
    'cooldowns.reset': ({ id }, actor) => ({ status: 'ok', ended: resting.resetCooldown(id, actor) }),
  };
}
