import type { Case } from './case';
import { hasTask, standingFigures, unitsIn } from './case';
import { compareExactly, isSame, product, total } from './decimals';

const delivered = ({ deliveries }: Case): string =>
  total(deliveries.filter(({ status }) => status === 'delivered').map(({ quantity }) => quantity));
const received = ({ receipts }: Case): string => total(receipts.map(({ quantity }) => quantity));

/** A receipt cannot be taken back: where the carrier corrected what it said, a task has the difference balanced. */
const isBalancedByHand = ({ told }: Case): boolean => hasTask(told, 'balance-receipt');

/** What counts as received: once somebody balances a receipt by hand, what was delivered counts and not what is booked. */
const countedAsReceived = (judged: Case): string => {
  const [arrived, booked] = [delivered(judged), received(judged)];
  return isBalancedByHand(judged) && compareExactly(arrived, booked) < 0 ? arrived : booked;
};

/** received ≤ delivered ≤ despatched ≤ allocated ≤ ordered, and the order's own figures are those of the vendors. */
export function* quantitiesConserved(judged: Case): Iterable<string> {
  const { order, told, warehouseOrders } = judged;
  for (const { OrderID, SalesOrderDetailList } of warehouseOrders) {
    for (const { OrderUnits, AllocatedUnits, ShippedUnits } of SalesOrderDetailList) {
      if (compareExactly(AllocatedUnits, OrderUnits) > 0)
        yield `${OrderID}: allocated ${AllocatedUnits} of ${OrderUnits}`;
      if (compareExactly(ShippedUnits, AllocatedUnits) > 0)
        yield `${OrderID}: shipped ${ShippedUnits}, allocated ${AllocatedUnits}`;
    }
  }
  const shipped = total(
    warehouseOrders.flatMap(({ SalesOrderDetailList }) => SalesOrderDetailList.map(({ ShippedUnits }) => ShippedUnits)),
  );
  const arrived = delivered(judged);
  const booked = received(judged);
  if (compareExactly(product(arrived, unitsIn(order)), shipped) > 0)
    yield `delivered ${arrived}, despatched only ${shipped} stock units`;
  if (compareExactly(booked, arrived) > 0 && !isBalancedByHand(judged))
    yield `received ${booked} of ${arrived} delivered`;
  if (standingFigures(judged).every(({ quantity }) => compareExactly(arrived, quantity) > 0))
    yield `delivered ${arrived} of ${order.quantity} ordered`;
  const counted = countedAsReceived(judged);
  if (told?.stage === 'done' && !isSame(told.totals.received, counted))
    yield `the order says ${told.totals.received} received, Claritum ${counted}`;
}

/** A delivery is booked once. */
export function* receiptsOnce(judged: Case): Iterable<string> {
  const references = judged.receipts.map(({ receiptRef }) => receiptRef);
  for (const reference of new Set(references)) {
    const times = references.filter((each) => each === reference).length;
    if (times > 1) yield `${reference} is booked ${times} times`;
  }
  if (judged.told?.stage !== 'done') return;
  const [arrived, booked] = [delivered(judged), received(judged)];
  if (!isSame(arrived, booked) && !isBalancedByHand(judged)) yield `${arrived} was delivered, ${booked} booked`;
}

/** Every invoice is settled once, and never for more than was received. */
export function* invoicesOnce(judged: Case): Iterable<string> {
  const { told, invoices } = judged;
  if (told === undefined) return;
  const uids = told.invoices.map(({ uid }) => uid);
  if (new Set(uids).size !== uids.length) yield `settled twice: ${uids.join(', ')}`;
  const settled = told.invoices.filter(({ outcome }) => outcome === 'settled').map(({ quantity }) => quantity);
  const counted = countedAsReceived(judged);
  if (compareExactly(total(settled), counted) > 0) yield `invoiced ${total(settled)}, received ${counted}`;
  if (told.stage !== 'done') return;
  for (const { uid } of invoices) if (!uids.includes(uid)) yield `the order is done without its invoice ${uid}`;
}
