import { hasTask, isListed, isOffTheList, type Case } from './case';
import type { Evidence } from './evidence';
import { compareExactly } from './decimals';

const ENDS = ['done', 'refused', 'cancelled'];

/** No order of the source is without a workflow, and what a done order was told of is acknowledged. */
export function* nothingLost(judged: Case, { setAside }: Evidence): Iterable<string> {
  const { order, told, deliveries, invoices } = judged;
  if (told === undefined) {
    if (setAside.every(({ uid }) => uid !== order.uid)) yield 'no workflow ever took this order';
    return;
  }
  if (told.isEnded && !order.exported && !isOffTheList(judged))
    yield `ended as ${told.stage} and was never acknowledged in Claritum`;
  if (told.stage !== 'done') return;
  for (const { uid, exported, status } of deliveries) {
    if (status === 'delivered' && !exported) yield `delivery ${uid} was never acknowledged`;
  }
  for (const { uid, exported } of invoices) if (!exported) yield `invoice ${uid} was never acknowledged`;
}

/** An order ends, or asks a human; it does not hang. */
export function* endedOrAsking({ told }: Case): Iterable<string> {
  if (told === undefined) return;
  if (!told.isEnded && told.open.length === 0) yield `stands at ${told.stage} and asks nobody`;
  if (told.isEnded && !ENDS.includes(told.stage)) yield `ended at ${told.stage}`;
}

/** Of a cancelled order every effect is undone, or a listed task names it. */
export function* compensated({ order, told, salesOrders, inbound, receipts, warehouseOrders }: Case): Iterable<string> {
  if (told?.stage !== 'cancelled') return;
  for (const { SONO, SONOTE, ORD_TYPE, IS_CLOSED, SODETAILList } of salesOrders) {
    const isWithdrawn = IS_CLOSED || /cancel/i.test(SONOTE) || /cancel/i.test(ORD_TYPE);
    if (!isWithdrawn && !isListed(told, SONO)) yield `the header ${SONO} stands as if nothing had happened`;
    const live = SODETAILList.filter(({ STATUS }) => !/cancel/i.test(STATUS));
    if (live.length > 0 && !isListed(told, SONO)) yield `the line of ${SONO} stands`;
    if (live.some(({ SOPRICESList }) => SOPRICESList.length > 0) && !isListed(told, SONO))
      yield `the price of ${SONO} stands`;
    if (live.some(({ DueDateList }) => DueDateList.length > 0) && !isListed(told, SONO))
      yield `due dates of ${SONO} stand`;
  }
  for (const { SourceTransID } of inbound) {
    if (!isListed(told, SourceTransID)) yield `NorthScope order ${SourceTransID} stands, and no task names it`;
  }
  const hasLeft = warehouseOrders.some(({ SalesOrderDetailList }) =>
    SalesOrderDetailList.some(({ ShippedUnits }) => compareExactly(ShippedUnits, '0') > 0),
  );
  if (hasLeft && salesOrders.some(({ SODETAILList }) => SODETAILList.length === 0))
    yield 'goods have left, and the line they left on was deleted';
  for (const { receiptRef } of receipts)
    if (!isListed(told, receiptRef) && !hasTask(told, 'balance-receipt'))
      yield `receipt ${receiptRef} stands, and no task names it`;
  if (!isListed(told, order.poNumber)) yield 'nobody is asked to tell the buyer';
}

/** What has ended stays as it is. */
export function* nothingAfterTheEnd({ told, calls }: Case): Iterable<string> {
  const endedAt = told?.endedAt ?? null;
  if (endedAt === null) return;
  for (const { operation, n, at, effects } of calls) {
    if (effects > 0 && at > endedAt)
      yield `${operation} took effect by call ${n} at ${at}, after the end at ${endedAt}`;
  }
}
