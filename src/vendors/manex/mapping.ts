import { isZero } from '../../domain/values/decimal';
import type {
  SalesOrder,
  SalesOrderDueDate,
  SalesOrderLine,
  SalesOrderPrice,
} from '../../domain/purchase-order/sales-order';
import type * as wire from './schema';

export function toSalesOrderPrice(price: wire.Price): SalesOrderPrice {
  return {
    plPriceLnk: price.PLPRICELNK,
    uniqueLn: price.UNIQUELN,
    price: price.PRICE,
    quantity: price.QUANTITY,
    saleTypeId: price.SALETYPEID,
  };
}

export function toSalesOrderDueDate(dueDate: wire.DueDate): SalesOrderDueDate {
  return {
    dueDtUniq: dueDate.DUEDT_UNIQ,
    uniqueLn: dueDate.UNIQUELN,
    dueDate: dueDate.DUE_DTS1,
    shipDate: dueDate.SHIP_DTS,
    quantity: dueDate.QTY,
  };
}

/** A list that names a record twice means one record: what carries ManEx's own key is not there twice. */
function distinct<T>(records: readonly T[], keyOf: (record: T) => string): readonly T[] {
  const seen = new Set<string>();
  return records.filter((record) => !seen.has(keyOf(record)) && seen.add(keyOf(record)));
}

/** Statuses come padded and in capitals, go out in mixed case: one form inside (docs/vendors/manex.md#soitemadd). */
export function toSalesOrderLine(detail: wire.SalesOrderDetail): SalesOrderLine {
  return {
    uniqueLn: detail.UNIQUELN,
    lineNo: detail.LINE_NO,
    partNumber: detail.PART_NUM,
    revision: detail.REVISION,
    description: detail.Sodet_Desc,
    quantity: detail.ORD_QTY,
    unitOfMeasure: detail.UOFMEAS,
    status: detail.STATUS.trim().toUpperCase(),
    note: detail.NOTE,
    prices: distinct(detail.SOPRICESList, ({ PLPRICELNK }) => PLPRICELNK).map(toSalesOrderPrice),
    ...(detail.BALANCE !== null && isZero(detail.BALANCE) ? { isShipped: true as const } : {}),
    dueDates: distinct(detail.DueDateList, ({ DUEDT_UNIQ }) => DUEDT_UNIQ).map(toSalesOrderDueDate),
  };
}

/** @param lines in the reply's order, which in the vendor's sample is descending by line number */
export function toSalesOrder(head: wire.SalesOrderHead, lines: readonly SalesOrderLine[]): SalesOrder {
  return {
    soNo: head.SONO,
    custNo: head.CUSTNO,
    poNo: head.PONO,
    note: head.SONOTE,
    isClosed: head.IS_CLOSED,
    lines,
  };
}
