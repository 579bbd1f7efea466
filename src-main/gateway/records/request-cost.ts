// What a request cost.
import type { RequestCost, RequestTokens } from '../../../src-shared/contract/requests.ts';
import type { ModelPrice } from '../../models/model-price.ts';

/** US dollars, not rounded; undefined when there is no price for what was used. A missing cache price is that of input. */
export function costOf(
  tokens: RequestTokens,
  { input, output, cacheRead, cacheWrite, minute }: Omit<ModelPrice, 'basis'>,
  seconds: number | null = null,
): number | undefined {
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
  if (seconds && minute === undefined) return undefined;
  const spoken = ((seconds ?? 0) * (minute ?? 0)) / 60;
  let sum = 0;
  for (const [count, price] of parts) {
    if (count === 0) continue;
    if (price === undefined) return undefined;
    sum += count * price;
  }
  return sum / 1e6 + spoken;
}

export interface CostQuestion {
  readonly tokens: RequestTokens;
  /** Of sound that is paid for by its length. */
  readonly seconds: number | null;
  readonly price: ModelPrice | undefined;
  readonly failed: boolean;
  /** False for accounts. */
  readonly billed: boolean;
}

export function requestCost({ tokens, seconds, price, failed, billed }: CostQuestion): RequestCost {
  const hasTokens = tokens.input !== null || tokens.output !== null;
  // What failed without tokens cost nothing, whatever the price.
  if (!hasTokens && failed) return { usd: 0, basis: price?.basis ?? 'list', billed };
  const usd = hasTokens && price !== undefined ? costOf(tokens, price, seconds) : undefined;
  return usd === undefined || price === undefined
    ? { usd: null, basis: 'unknown', billed }
    : { usd, basis: price.basis, billed };
}
