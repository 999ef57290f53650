import { checkAboveZero, checkArticle, checkTexts, linesOf } from './checks';
import { Refused } from './refused';
import { salesOrderNumber } from './state';
import type { ISyncState } from './state';
import { textOf } from '../values';
import type { Values } from '../values';

/**
 * CreateWebCreditNote (docs/vendors/isync.md#createwebcreditnote): creates a pending credit note, another one at every
 * call. `Rate` may be absent, for every sample lacks it, but not 0 or below.
 * @returns what was sent, in order; the credit note has no number a caller could learn
 * @throws Refused for what the tables forbid, and, assumed, for an order we do not have; nothing has changed then
 */
export function createCreditNote(state: ISyncState, given: Values): Values {
  checkTexts(given, ['Comments', 'PONumber', 'SalesOrderNumber', 'TrackNo']);
  for (const { line, where } of linesOf(given['LineItems'])) {
    checkArticle(line, where);
    const isRated = typeof line['Rate'] === 'string';
    checkAboveZero(line, ['ExRate', ...(isRated ? ['Rate'] : []), 'SellingPrice', 'Units'], where);
  }
  const [poNumber, number] = [textOf(given, 'PONumber'), textOf(given, 'SalesOrderNumber')];
  if (!state.ordersOf(poNumber).some((order) => salesOrderNumber(order) === number)) {
    throw new Refused(`Sales order '${number}' with the PO Number '${poNumber}' was not found.`);
  }
  state.addCreditNote(given);
  return given;
}
