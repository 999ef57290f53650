import type { Case } from './case';
import { isAmended, isListed, standingFigures, unitsIn, type Figures } from './case';
import { compareExactly, isExact, isSame, product, total } from './decimals';
import type { LineRow } from './evidence';

const isDone = ({ told }: Case): boolean => told?.stage === 'done';

/** Exactly one ManEx order where the order is done, none where it was refused, never two. */
export function* oneSalesOrder(judged: Case): Iterable<string> {
  const { length } = judged.salesOrders;
  if (isDone(judged) && length !== 1) yield `${length} sales orders stand in ManEx for a done order`;
  else if (length > 1) yield `${length} sales orders stand in ManEx`;
  else if (judged.told?.stage === 'refused' && length > 0) yield 'a refused order stands in ManEx';
}

/** One line with the ordered quantity, one price, one due date per delivery; never more of any, in whatever state. */
export function* orderLines(judged: Case): Iterable<string> {
  for (const salesOrder of judged.salesOrders) {
    const lines = salesOrder.SODETAILList;
    if (lines.length > 1) yield `${lines.length} lines in ${salesOrder.SONO}`;
    if (isDone(judged) && lines.length === 0) yield `no line in ${salesOrder.SONO}`;
    const wanted = standingFigures(judged);
    for (const line of lines) {
      const faults = wanted.map((figures) => [...lineOf(figures, line, isDone(judged))]);
      if (faults.every((found) => found.length > 0)) yield* faults[0] ?? [];
    }
  }
}

function* lineOf(wanted: Figures, line: LineRow, isComplete: boolean): Iterable<string> {
  if (!isSame(line.ORD_QTY, wanted.quantity)) yield `ordered ${line.ORD_QTY} instead of ${wanted.quantity}`;
  const { SOPRICESList: prices, DueDateList: dueDates } = line;
  if (prices.length > 1 || (isComplete && prices.length === 0)) yield `${prices.length} prices`;
  for (const { PRICE } of prices)
    if (!isSame(PRICE, wanted.unitPrice ?? '0')) yield `price ${PRICE} instead of ${wanted.unitPrice}`;
  const open = [...wanted.shares];
  for (const { QTY, DUE_DTS } of dueDates) {
    const found = open.findIndex((quantity) => isSame(quantity, QTY));
    if (found < 0) yield `a due date ${DUE_DTS} of ${QTY} that no delivery asks for`;
    else open.splice(found, 1);
  }
  if (isComplete && open.length > 0) yield `no due date for ${open.join(', ')}`;
}

/** Quantities and prices are decimal texts with the digits that were ordered. */
export function* exactDecimals({ salesOrders, warehouseOrders, receipts }: Case): Iterable<string> {
  const lines = salesOrders.flatMap(({ SODETAILList }) => SODETAILList);
  const values: readonly unknown[] = [
    ...lines.flatMap(({ ORD_QTY, SOPRICESList, DueDateList }) => [
      ORD_QTY,
      ...SOPRICESList.map(({ PRICE }) => PRICE),
      ...DueDateList.map(({ QTY }) => QTY),
    ]),
    ...warehouseOrders.flatMap(({ SalesOrderDetailList }) => SalesOrderDetailList.map(({ OrderUnits }) => OrderUnits)),
    ...receipts.map(({ quantity }) => quantity),
  ];
  for (const value of values) if (!isExact(value)) yield `${JSON.stringify(value)} is no exact decimal`;
}

/** One NorthScope order per delivery, queued once, of the delivery's quantity in stock units. */
export function* oneWarehouseOrder(judged: Case): Iterable<string> {
  const { order, warehouseOrders, inbound } = judged;
  const queued = inbound.map(({ SourceTransID }) => SourceTransID);
  for (const id of new Set(queued)) {
    const times = queued.filter((each) => each === id).length;
    if (times > 1) yield `${id} was queued ${times} times`;
  }
  if (isAmended(judged)) return yield* enoughWarehouseOrders(judged);
  if (isDone(judged) && warehouseOrders.length !== order.deliveries.length) {
    yield `${warehouseOrders.length} NorthScope orders for ${order.deliveries.length} deliveries`;
  }
  for (const { OrderID, SalesOrderDetailList } of warehouseOrders) {
    const delivery = order.deliveries.find(({ sequence }) => OrderID.endsWith(`-${sequence}`));
    const wanted = product(delivery?.quantity ?? '0', unitsIn(order));
    const [line, ...more] = SalesOrderDetailList;
    if (line === undefined || more.length > 0 || !isSame(line.OrderUnits, wanted)) {
      yield `${OrderID} orders ${SalesOrderDetailList.map(({ OrderUnits }) => OrderUnits).join(' + ')} instead of ${wanted}`;
    }
  }
}

/** After an amendment: what stands for a delivery covers what is wanted, and what it is too much is a task by its OrderID. */
function* enoughWarehouseOrders(judged: Case): Iterable<string> {
  const { order, told, warehouseOrders } = judged;
  const [wanted, ...before] = standingFigures(judged);
  for (const [index, { sequence }] of order.deliveries.entries()) {
    const standing = warehouseOrders.filter(({ OrderID }) => new RegExp(`-${sequence}(\\.\\d+)?$`).test(OrderID));
    const units = total(
      standing.flatMap(({ SalesOrderDetailList }) => SalesOrderDetailList.map(({ OrderUnits }) => OrderUnits)),
    );
    const share = product(wanted?.shares[index] ?? '0', unitsIn(order));
    if (isDone(judged) && compareExactly(units, share) < 0) yield `${units} of ${share} stand in NorthScope`;
    const isNamed = isListed(told, ...standing.map(({ OrderID }) => OrderID));
    if (compareExactly(units, share) > 0 && before.length === 0 && !isNamed)
      yield `${units} stand in NorthScope instead of ${share}, and no task names them`;
  }
}

/** The same reference never carries two contents. */
export function* sameReferenceSameContent({ inbound, receipts }: Case): Iterable<string> {
  const said = new Map<string, string>();
  const all = [
    ...inbound.map(({ SourceTransID, Data }) => [SourceTransID, Data] as const),
    ...receipts.map(({ receiptRef, quantity }) => [receiptRef, quantity] as const),
  ];
  for (const [reference, content] of all) {
    const before = said.get(reference);
    if (before !== undefined && before !== content) yield `${reference} was sent with two contents`;
    said.set(reference, content);
  }
}
