import type { Timed } from '../case/activities';
import type { Compensation, Undoing } from '../case/saga';
import { removeDueDates, removePrices, removeSalesOrderLine, withdrawSalesOrder } from '../vendors/manex';

interface Undo {
  readonly removeDueDates: typeof removeDueDates;
  readonly removePrices: typeof removePrices;
  readonly removeSalesOrderLine: typeof removeSalesOrderLine;
  readonly withdrawSalesOrder: typeof withdrawSalesOrder;
}

/** What of a purchase order an API can undo; the rest is a task. */
export type OrderUndoing = {
  readonly [K in keyof Undo]: Undoing & { readonly undo: K; readonly input: Parameters<Undo[K]>[1] };
}[keyof Undo];

export type OrderCompensation = Compensation<OrderUndoing>;

/** Calls the activity that undoes a step. */
export function undo(caller: Timed, undoing: OrderUndoing): Promise<void> {
  switch (undoing.undo) {
    case 'removeDueDates':
      return removeDueDates(caller, undoing.input);
    case 'removePrices':
      return removePrices(caller, undoing.input);
    case 'removeSalesOrderLine':
      return removeSalesOrderLine(caller, undoing.input);
    case 'withdrawSalesOrder':
      return withdrawSalesOrder(caller, undoing.input);
  }
}
