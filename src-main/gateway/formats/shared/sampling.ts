// Temperature and its like, as far as a model takes them.

import type { Effort } from '../../../../src-shared/model-facts.ts';
import type { ModelFacts } from '../../../models/model-facts.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import type { Sampling } from '../../model/request.ts';

/** `effort`: what the model is told; some take a temperature only while they are told not to think. */
export function samplingFor(
  sampling: Sampling,
  { sampling: taken = 'both' }: ModelFacts,
  effort: Effort | undefined,
  dropped: DroppedFields,
): Sampling {
  if (taken === 'both' || (taken === 'without-reasoning' && effort === 'none')) return sampling;
  if (taken === 'one') {
    if (sampling.temperature === undefined || sampling.topP === undefined) return sampling;
    dropped.add('info', 'top_p', 'this model does not take it together with temperature');
    const { topP: _, ...rest } = sampling;
    return rest;
  }
  const { seed, ...unsupported } = sampling;
  const names = Object.keys(unsupported);
  if (names.length > 0) dropped.add('info', 'temperature', `this model does not take ${names.map(spoken).join(', ')}`);
  return seed === undefined ? {} : { seed };
}

/** As people know the field: `topP` is top_p. */
const spoken = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
