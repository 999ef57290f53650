/** Choices by which a question is found and taken back when the buyer's newer record overtakes it. */
export const RELEASE = 'fulfil it all the same';
export const TAKE_OLDER = 'take the older version in';

/** Asked about a version that a newer one replaces. */
export const OVERTAKEN: readonly string[] = [RELEASE, TAKE_OLDER];
