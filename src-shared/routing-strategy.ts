// The strategies of `routing.strategy` and the spellings that the config file may use for them.

export const routingStrategies = ['round-robin', 'fill-first', 'weighted-round-robin', 'soonest-reset'] as const;
export type RoutingStrategy = (typeof routingStrategies)[number];

const synonyms: Readonly<Record<string, RoutingStrategy>> = {
  '': 'round-robin',
  roundrobin: 'round-robin',
  rr: 'round-robin',
  fillfirst: 'fill-first',
  ff: 'fill-first',
  weightedroundrobin: 'weighted-round-robin',
  wrr: 'weighted-round-robin',
  soonestreset: 'soonest-reset',
  sr: 'soonest-reset',
};

/** The strategy that a word of the file means, in any case; `undefined` for an unknown word. */
export function readRoutingStrategy(written: string): RoutingStrategy | undefined {
  const word = written.trim().toLowerCase();
  const name = routingStrategies.find((strategy) => strategy === word);
  return name ?? (Object.hasOwn(synonyms, word) ? synonyms[word] : undefined);
}
