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
  /** Of sound that is paid for by its length. */
  readonly minute?: number | undefined;
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

/** Where people say what they pay. */
export type OwnPrices = Pick<Config, 'prices' | 'model-facts'>;

/** The first entry of `prices` or price in `model-facts` that means one of the names, else the list price of the model sent. */
export function modelPrice(
  { sent, asked, inputTokens }: PricedModel,
  { prices, 'model-facts': facts }: OwnPrices,
): ModelPrice | undefined {
  const isMeant = ({ model }: { readonly model: string }) => fitsPattern(sent, model) || fitsPattern(asked, model);
  const own = prices.find(isMeant);
  if (own !== undefined) {
    const { input, output, 'cache-read': cacheRead, 'cache-write': cacheWrite, minute } = own;
    return { basis: 'prices', input, output, cacheRead, cacheWrite, minute };
  }
  const said = facts.find((row) => row.price !== undefined && isMeant(row))?.price;
  const list = said ?? priceOf(sent);
  if (list === undefined) return undefined;
  const tier = list.above?.filter(({ tokens }) => inputTokens > tokens).sort((a, b) => b.tokens - a.tokens)[0];
  const { input, output, 'cache-read': cacheRead, 'cache-write': cacheWrite } = { ...list, ...tier };
  return { basis: said === undefined ? 'list' : 'prices', input, output, cacheRead, cacheWrite };
}
