// Which of the models that are served fits what a tool wants a model for.

/** Words in the names of small and cheap models. */
const small = /haiku|mini|nano|flash|lite|small/i;

/** The first served model that fits the slot; any for `main`. `undefined` when none is served. */
export function suggestedModel(slot: string, served: readonly string[]): string | undefined {
  const fits = (name: string) => (slot === 'small' ? small.test(name) : slot === 'main' || name.includes(slot));
  return served.find(fits) ?? served[0];
}

/** The models as chosen. What is left out is suggested, unless each slot is a choice of its own and one was made. */
export function modelsOfSlots(
  slots: readonly string[],
  chosen: Readonly<Record<string, string>>,
  served: readonly string[],
): Readonly<Record<string, string>> {
  const main = chosen.main ?? (slots.includes('main') ? suggestedModel('main', served) : undefined);
  const isChoice = !slots.includes('main') && Object.keys(chosen).length > 0;
  const models = slots.map((slot) => {
    if (chosen[slot] !== undefined || isChoice) return [slot, chosen[slot]] as const;
    if (slot === 'main') return [slot, main] as const;
    // Who has named a main model and no small one wants that one for everything.
    return [slot, chosen.main ?? suggestedModel(slot, served)] as const;
  });
  return Object.fromEntries(models.flatMap(([slot, model]) => (model === undefined ? [] : [[slot, model]])));
}
