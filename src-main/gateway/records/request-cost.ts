// What a request cost, by the prices of the config or by the published ones.
import type { Config } from '../../../src-shared/config.ts';
import type { RequestCost, RequestTokens } from '../../../src-shared/contract/requests.ts';
import { fitsPattern } from '../../../src-shared/name-pattern.ts';
import { priceOf } from '../../models/model-facts.ts';

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

/** US dollars, not rounded; undefined when there is no price for what was used. A missing cache price is that of input. */
export function costOf(tokens: RequestTokens, { input, output, cacheRead, cacheWrite }: Price): number | undefined {
  const read = tokens.cache_read ?? 0;
  const written = tokens.cache_write ?? 0;
  const whole = tokens.input ?? 0;
  const answered = tokens.output ?? 0;
  const fresh = Math.max(0, whole - read - written);
  const parts: readonly (readonly [count: number, price: number | undefined])[] = [
    [fresh, input],
    [read, cacheRead ?? input],
    [written, cacheWrite ?? input],
    [answered, output],
  ];
  let sum = 0;
  for (const [count, price] of parts) {
    if (count === 0) continue;
    if (price === undefined) return undefined;
    sum += count * price;
  }
  return sum / 1e6;
}

export interface CostQuestion {
  readonly tokens: RequestTokens;
  readonly price: ModelPrice | undefined;
  readonly failed: boolean;
  /** False for accounts. */
  readonly billed: boolean;
}

export function requestCost({ tokens, price, failed, billed }: CostQuestion): RequestCost {
  const hasTokens = tokens.input !== null || tokens.output !== null;
  // What failed without tokens cost nothing, whatever the price.
  if (!hasTokens && failed) return { usd: 0, basis: price?.basis ?? 'list', billed };
  const usd = hasTokens && price !== undefined ? costOf(tokens, price) : undefined;
  return usd === undefined || price === undefined
    ? { usd: null, basis: 'unknown', billed }
    : { usd, basis: price.basis, billed };
}
