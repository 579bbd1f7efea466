// How many stop sequences a service takes.
import type { Losses } from '../../ir/loss.ts';

export function stopsWithin(stops: readonly string[], limit: number, losses: Losses): readonly string[] | undefined {
  if (stops.length > limit) losses.add('warn', 'stop', `only the first ${limit} stop sequences are sent`);
  return stops.length === 0 ? undefined : stops.slice(0, limit);
}
