// Bounds of what the API accepts.

/** Items of a list in the config that is written at once. */
export const maxListItems = 10_000;

export const longList = `a list may have at most ${maxListItems.toLocaleString('en')} items`;
