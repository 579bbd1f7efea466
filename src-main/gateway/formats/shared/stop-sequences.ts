// How many stop sequences a service takes.
import type { DroppedFields } from '../../model/dropped-fields.ts';

export function stopsWithin(
  stops: readonly string[],
  limit: number,
  dropped: DroppedFields,
): readonly string[] | undefined {
  if (stops.length > limit) dropped.add('warn', 'stop', `only the first ${limit} stop sequences are sent`);
  return stops.length === 0 ? undefined : stops.slice(0, limit);
}
