// What Google demands of the signatures in a conversation, in its own format and in its chat form.
import type { ModelFacts } from '../../../models/model-facts.ts';

/**
 * Google's documented stand-in for calls that another model made, which have no signature
 * (ai.google.dev/gemini-api/docs/thought-signatures).
 */
export const standIn = 'context_engineering_is_the_way_to_go';

/** Models that think in levels also reject tool turns without signatures. */
export const thinksInLevels = ({ vendor, efforts = [] }: ModelFacts): boolean =>
  vendor === 'google' && efforts.length > 0;
