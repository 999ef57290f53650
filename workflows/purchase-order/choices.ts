/** Choices by which a question is found and taken back when a newer version of the order overtakes it. */
export const RELEASE = 'fulfil it all the same';
export const TAKE_OLDER = 'take the older version in';

/** Asked while the order is missing from the list; listed again, it is no question. */
export const WAS_WITHDRAWN = 'withdrawn: undo it';

/** The answer that an amendment is not carried out. */
export const KEEP = 'keep it as it was';

/** Of a placed order, these are asked about one version only. */
export const OVERTAKEN: readonly string[] = [RELEASE, TAKE_OLDER, KEEP, 'approve'];
