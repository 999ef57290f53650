import type { ClaritumPolicy } from '../case/policy';

/**
 * Whether so many orders vanished at once that a broken list is as likely as so many withdrawals: then a person is asked
 * once instead.
 *
 * @param all orders listed now and absent ones together.
 */
export const isMany = (absent: number, all: number, { atLeast, oneIn }: ClaritumPolicy['manyAbsent']): boolean =>
  absent >= atLeast && absent * oneIn > all;
