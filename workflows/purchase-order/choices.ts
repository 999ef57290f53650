/** Choices that several steps offer or compare. */
export const RELEASE = 'fulfil it all the same' as const;
export const TAKE_OLDER = 'take the older version in' as const;

/** The answer that an amendment is not carried out. */
export const KEEP = 'keep it as it was' as const;
