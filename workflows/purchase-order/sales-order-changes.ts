import { compare } from '../../src/domain/decimal';
import type { OrderPlan, PlannedDelivery } from '../../src/domain/order-plan';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import { agreedPrices, type SalesOrderDueDate, type SalesOrderLine } from '../../src/domain/sales-order';
import type { Order } from './order';
import { addDueDate, descriptionOf, ourLine } from './sales-order';
import { setHeader, setting } from './sales-order-header';

/** Carries a changed title to where people read it; also of an amendment that changes nothing else. */
export async function retitle(order: Order, amended: PurchaseOrder): Promise<void> {
  const description = descriptionOf(amended);
  if (description === descriptionOf(order.state.order)) return;
  await setting(order, `change the description to '${description}'`, () =>
    order.vendors.manexOnce.editSalesOrderLine({ ...key(order), description }),
  );
}

/** A due date in ManEx with what it is to become. */
interface DueDateChange {
  readonly standing: SalesOrderDueDate;
  readonly planned: PlannedDelivery | undefined;
}

/**
 * Carries an amendment into ManEx. Sets are safe to repeat. What shrinks goes first and what grows last, because the due
 * dates of a line may never add up to more than its quantity (contract §B.5).
 */
export async function amendSalesOrder(order: Order, amended: PurchaseOrder, plan: OrderPlan): Promise<void> {
  const before = order.state.order;
  await retitle(order, amended);
  if (isNothingForManEx({ order: before, plan: order.plan }, { order: amended, plan })) return;
  const line = await ourLine(order);
  if (line === undefined || (line.dueDates.length === 0 && order.plan.deliveries.length > 0)) {
    order.task(
      `ManEx: change sales order ${order.state.soNo} by hand to ${amended.quantity} at ${amended.unitPrice}; it does not show its line and due dates`,
    );
    return;
  }
  const { changes, added, missing } = dueDateChanges(order.plan, plan, line.dueDates);
  for (const [old, planned] of missing) listMissing(order, old, planned);
  if (before.poNumber !== amended.poNumber) await setHeader(order, order.state.soNo ?? '', amended.poNumber);
  const shrinks = ({ standing, planned }: DueDateChange): boolean =>
    compare(planned?.quantity ?? '0', standing.quantity) <= 0;
  for (const change of changes.filter(shrinks)) await changeDueDate(order, change);
  if (compare(before.quantity, amended.quantity) !== 0) await changeQuantity(order, amended.quantity);
  for (const change of changes.filter((candidate) => !shrinks(candidate))) await changeDueDate(order, change);
  const standing = plan.deliveries.filter((delivery) => !added.includes(delivery));
  for (const [index, delivery] of added.entries()) {
    await addDueDate(order, delivery, [...standing, ...added.slice(0, index)]);
  }
  if (compare(before.unitPrice, amended.unitPrice) !== 0) await changeAgreedPrice(order, line, amended.unitPrice);
}

interface Version {
  readonly order: PurchaseOrder;
  readonly plan: OrderPlan;
}

/** An address or instructions: ManEx keeps neither. */
function isNothingForManEx(before: Version, after: Version): boolean {
  const dueDates = ({ plan }: Version): string =>
    JSON.stringify(plan.deliveries.map(({ deliveryRef, dueDate, quantity }) => [deliveryRef, dueDate, quantity]));
  return (
    before.order.poNumber === after.order.poNumber &&
    compare(before.order.quantity, after.order.quantity) === 0 &&
    compare(before.order.unitPrice, after.order.unitPrice) === 0 &&
    dueDates(before) === dueDates(after)
  );
}

/** Pairs each planned delivery with its due date by day and quantity; what is left over is dropped or added. */
function dueDateChanges(before: OrderPlan, after: OrderPlan, standing: readonly SalesOrderDueDate[]) {
  const left = [...standing];
  const changes: DueDateChange[] = [];
  const missing: [PlannedDelivery, PlannedDelivery | undefined][] = [];
  for (const old of before.deliveries) {
    const index = left.findIndex(
      ({ dueDate, quantity }) => dueDate === old.dueDate && compare(quantity, old.quantity) === 0,
    );
    const [found] = index < 0 ? [] : left.splice(index, 1);
    const planned = after.deliveries.find(({ deliveryRef }) => deliveryRef === old.deliveryRef);
    if (planned?.dueDate === old.dueDate && compare(planned.quantity, old.quantity) === 0) continue;
    if (found === undefined) missing.push([old, planned]);
    else changes.push({ standing: found, planned });
  }
  const known = new Set(before.deliveries.map(({ deliveryRef }) => deliveryRef));
  return { changes, missing, added: after.deliveries.filter(({ deliveryRef }) => !known.has(deliveryRef)) };
}

/** Somebody changed it in ManEx: which of the others it became, nobody guesses. */
function listMissing(order: Order, old: PlannedDelivery, planned: PlannedDelivery | undefined): void {
  const wanted = planned === undefined ? 'delete it' : `make it ${planned.dueDate} (${planned.quantity})`;
  order.task(
    `ManEx: sales order ${order.state.soNo} shows no due date ${old.dueDate} (${old.quantity}, delivery ${old.deliveryRef}) any more; find what became of it, and ${wanted} by hand`,
  );
}

const key = (order: Order) => ({ soNo: order.state.soNo ?? '', uniqueLn: order.state.uniqueLn ?? '' });

function changeDueDate(order: Order, { standing, planned }: DueDateChange): Promise<true> {
  const { dueDtUniq } = standing;
  if (planned === undefined) {
    return setting(order, `delete the due date ${standing.dueDate}`, () =>
      order.vendors.manexOnce.removeDueDate({ dueDtUniq }),
    );
  }
  const { dueDate, shipDate, quantity } = planned;
  return setting(order, `change the due date ${standing.dueDate} to ${dueDate} (${quantity})`, () =>
    order.vendors.manexOnce.editDueDate({ ...key(order), dueDtUniq, dueDate, shipDate, quantity }),
  );
}

const changeQuantity = (order: Order, quantity: string): Promise<true> =>
  setting(order, `change the quantity to ${quantity}`, () =>
    order.vendors.manexOnce.editSalesOrderLine({ ...key(order), quantity }),
  );

/** Of several prices, ours is the one agreed so far; where that is not one, nobody guesses which is to be changed. */
async function changeAgreedPrice(order: Order, line: SalesOrderLine, price: string): Promise<void> {
  const [ours, ...others] = agreedPrices(line, order.state.order.unitPrice, order.plan.saleTypeId);
  if (ours !== undefined && others.length === 0) {
    await changePrice(order, ours.plPriceLnk, price);
    return;
  }
  const shown = line.prices.map((found) => found.price).join(', ');
  order.task(
    `ManEx: change the price of sales order ${order.state.soNo} from ${order.state.order.unitPrice} to ${price} by hand; its line shows ${shown === '' ? 'no price' : shown}`,
  );
}

const changePrice = (order: Order, plPriceLnk: string, price: string): Promise<true> =>
  setting(order, `change the price to ${price}`, () =>
    order.vendors.manexOnce.editPrice({ ...key(order), plPriceLnk, price }),
  );
