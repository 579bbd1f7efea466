// Bounds of what the API accepts.

/** Items of a list in the config that is written at once. */
export const maxListItems = 10_000;
/** Levels of lists and objects in a request body. */
export const maxNesting = 100;
