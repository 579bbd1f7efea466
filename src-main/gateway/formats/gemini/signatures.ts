// What Google demands of the signatures in a conversation.

/**
 * Google's documented stand-in for calls that another model made, which have no signature
 * (ai.google.dev/gemini-api/docs/thought-signatures).
 */
export const standIn = 'context_engineering_is_the_way_to_go';

/** Models that think in levels and reject tool turns without signatures. */
export const thinksInLevels = (model: string): boolean => /^gemini-([3-9]|\d\d)/.test(model);
