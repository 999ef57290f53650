import { pricedRow, totalledRow, descendingLines, extendedRow, type ManExState } from './state';

/**
 * The orders as `GET /_sandbox/ledger` shows them: the vendor's names, values without CHAR blanks, numbers as decimal
 * strings, and what SO/Get may hide (part, revision, prices, due dates) filled in.
 */
export function ledgerOrders(state: ManExState): readonly unknown[] {
  return state.allOrders().map((order) => ({
    ...totalledRow(order),
    SODETAILList: descendingLines(order).map((line) => ({
      ...extendedRow(line),
      SOPRICESList: line.prices.map((price) => pricedRow(line, price)),
      DueDateList: line.dueDates,
    })),
  }));
}
