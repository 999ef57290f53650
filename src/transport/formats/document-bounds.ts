/** Deeper nesting is no business document; later stages recurse. */
export const MAX_DEPTH = 64;
/** Values in a document, some attributes counting as one: 64 MB of records have four million at most. */
export const MAX_VALUES = 6_000_000;
/** Different names: no contract has more than a few hundred. Each costs more than an element does. */
export const MAX_NAMES = 10_000;
