import type { ChangeReceipt } from './messages';

/** It is taken in, and takes effect between two steps. */
export const accepted = (reason: string): ChangeReceipt => ({ status: 'accepted', reason });

/** Nothing comes of it. */
export const refused = (reason: string): ChangeReceipt => ({ status: 'refused', reason });
