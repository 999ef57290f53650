import type { ClaritumPolicy } from '../case/policy';

/**
 * Whether a look found the record of this uid listed no longer: that another one stands under its reference says nothing of it.
 *
 * @param found what the look ended with; `uid` is that of the other record.
 */
export const isAway = (found: { readonly kind: string; readonly uid?: string }, uid: string): boolean =>
  found.kind === 'absent' || (found.kind === 'another' && found.uid !== uid);

/**
 * Whether so many orders vanished at once that a broken list is as likely as so many withdrawals: then a person is asked
 * once instead.
 *
 * @param all orders listed now and absent ones together.
 */
export const isMany = (absent: number, all: number, { atLeast, oneIn }: ClaritumPolicy['manyAbsent']): boolean =>
  absent >= atLeast && absent * oneIn > all;
