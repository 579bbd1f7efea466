// What a model costs, by the prices of the config or by the published ones.
import type { Config } from '../../src-shared/config.ts';
import { fitsPattern } from '../../src-shared/name-pattern.ts';
import { priceOf } from './model-facts.ts';

/** US dollars per million tokens. */
interface Price {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
}

export interface ModelPrice extends Price {
  readonly basis: 'prices' | 'list';
}

interface PricedModel {
  /** As the provider names it, and as the client asked for it. */
  readonly sent: string;
  readonly asked: string;
  /** Large prompts have other list prices. */
  readonly inputTokens: number;
}

/** The first entry of `prices` that means one of the names, else the list price of the model sent. */
export function modelPrice(
  { sent, asked, inputTokens }: PricedModel,
  prices: Config['prices'],
): ModelPrice | undefined {
  const own = prices.find(({ model }) => fitsPattern(sent, model) || fitsPattern(asked, model));
  if (own !== undefined) {
    const { input, output, 'cache-read': cacheRead, 'cache-write': cacheWrite } = own;
    return { basis: 'prices', input, output, cacheRead, cacheWrite };
  }
  const list = priceOf(sent);
  if (list === undefined) return undefined;
  const tier = list.above?.filter(({ tokens }) => inputTokens > tokens).sort((a, b) => b.tokens - a.tokens)[0];
  const { input, output, 'cache-read': cacheRead, 'cache-write': cacheWrite } = { ...list, ...tier };
  return { basis: 'list', input, output, cacheRead, cacheWrite };
}
