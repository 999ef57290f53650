import { asQuantity, compare } from '../../src/domain/values/decimal';
import { asMoney } from '../../src/domain/purchase-order/order-amounts';
import type { OrderPlan, PlannedDelivery } from '../../src/domain/purchase-order/order-plan';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { agreedPrices, type SalesOrderDueDate, type SalesOrderLine } from '../../src/domain/purchase-order/sales-order';
import type { Fulfilment } from './fulfilment';
import { addDueDate, descriptionOf } from './sales-order';
import { setHeader, carrySettingOut } from './sales-order-header';
import { lookAtSalesOrder, type ShownSalesOrder } from './sales-order-looks';
import * as manex from '../vendors/manex';

/** Carries a changed title to where people read it; also of an amendment that changes nothing else. */
export async function retitle(fulfilment: Fulfilment, amended: PurchaseOrder): Promise<void> {
  const description = descriptionOf(amended);
  if (description === descriptionOf(fulfilment.state.order)) return;
  await carrySettingOut(fulfilment, {
    call: manex.editSalesOrderLine,
    what: `change the description to '${description}'`,
    facts: [{ label: 'description', value: description }],
    send: () => manex.editSalesOrderLine(fulfilment, { ...key(fulfilment), description }),
    isSo: ({ line }) => line?.description === description,
  });
}

/** A due date in ManEx with what it is to become. */
interface DueDateChange {
  readonly standing: SalesOrderDueDate;
  readonly planned: PlannedDelivery | undefined;
}

/**
 * Carries an amendment into ManEx. Sets are safe to repeat. What shrinks goes first and what grows last, because the due
 * dates of a line may never add up to more than its quantity (docs/vendors/manex.md#soduedateadd).
 */
export async function amendSalesOrder(fulfilment: Fulfilment, amended: PurchaseOrder, plan: OrderPlan): Promise<void> {
  const before = fulfilment.state.order;
  await retitle(fulfilment, amended);
  if (isNothingForManEx({ order: before, plan: fulfilment.plan }, { order: amended, plan })) return;
  const isEnough = ({ line, isWhole }: ShownSalesOrder): boolean =>
    line !== undefined && isWhole && (line.dueDates.length > 0 || fulfilment.plan.deliveries.length === 0);
  const { line, isWhole, salesOrder } = await lookAtSalesOrder(fulfilment, isEnough);
  if (line === undefined || !isWhole) {
    fulfilment.task(
      `ManEx: change sales order ${fulfilment.state.soNo} by hand to ${asQuantity(amended.quantity)} at ${asMoney(amended.unitPrice, amended.currency)}; it does not show its line and due dates`,
    );
    return;
  }
  const { changes, added, missing, left } = dueDateChanges(fulfilment.plan, plan, line.dueDates);
  listMissing(fulfilment, missing, left);
  if (before.poNumber !== amended.poNumber && salesOrder?.poNo !== amended.poNumber.trimEnd())
    await setHeader(fulfilment, fulfilment.soNo, amended.poNumber);
  const shrinks = ({ standing, planned }: DueDateChange): boolean =>
    compare(planned?.quantity ?? '0', standing.quantity) <= 0;
  for (const change of changes.filter(shrinks)) await changeDueDate(fulfilment, change);
  const isQuantityNew = ![before.quantity, line.quantity].some((known) => compare(known, amended.quantity) === 0);
  if (isQuantityNew) await changeQuantity(fulfilment, amended.quantity);
  for (const change of changes.filter((candidate) => !shrinks(candidate))) await changeDueDate(fulfilment, change);
  const standing = plan.deliveries.filter((delivery) => !added.includes(delivery));
  for (const [index, delivery] of added.entries()) {
    await addDueDate(fulfilment, delivery, [...standing, ...added.slice(0, index)]);
  }
  if (compare(before.unitPrice, amended.unitPrice) !== 0) await changeAgreedPrice(fulfilment, line, amended.unitPrice);
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
    const index = left.findIndex(isAs(old));
    const [found] = index < 0 ? [] : left.splice(index, 1);
    const planned = after.deliveries.find(({ deliveryRef }) => deliveryRef === old.deliveryRef);
    if (planned?.dueDate === old.dueDate && compare(planned.quantity, old.quantity) === 0) continue;
    if (found === undefined) missing.push([old, planned]);
    else changes.push({ standing: found, planned });
  }
  const known = new Set(before.deliveries.map(({ deliveryRef }) => deliveryRef));
  return { changes, missing, left, added: after.deliveries.filter(({ deliveryRef }) => !known.has(deliveryRef)) };
}

/**
 * A due date that ManEx no longer shows was changed by a person. If the result is as wanted, nothing is left to do.
 * Otherwise nothing tells which due date it became, and it is not guessed.
 */
function listMissing(
  fulfilment: Fulfilment,
  missing: readonly (readonly [PlannedDelivery, PlannedDelivery | undefined])[],
  left: SalesOrderDueDate[],
): void {
  const changed = missing.filter(([old, planned]) => {
    const index = planned === undefined ? -1 : left.findIndex(isAs(planned));
    if (index < 0) return true;
    left.splice(index, 1);
    fulfilment.note(
      `so already in ManEx: the due date ${planned?.dueDate} (${planned?.quantity}, delivery ${old.deliveryRef})`,
    );
    return false;
  });
  for (const [old, planned] of changed) {
    const due = `due date ${old.dueDate} (${old.quantity}, delivery ${old.deliveryRef})`;
    if (planned === undefined && left.length === 0) {
      fulfilment.note(`so already in ManEx: no ${due}`);
      continue;
    }
    const wanted = planned === undefined ? 'delete it' : `make it ${planned.dueDate} (${planned.quantity})`;
    fulfilment.task(
      `ManEx: sales order ${fulfilment.state.soNo} shows no ${due} any more; find what became of it, and ${wanted} by hand`,
    );
  }
}

/** Whether a due date is that of a delivery, by its day and its quantity. */
const isAs =
  ({ dueDate, quantity }: PlannedDelivery) =>
  (shown: SalesOrderDueDate): boolean =>
    shown.dueDate === dueDate && compare(shown.quantity, quantity) === 0;

const key = (fulfilment: Fulfilment) => ({ soNo: fulfilment.soNo, uniqueLn: fulfilment.uniqueLn });

function changeDueDate(fulfilment: Fulfilment, { standing, planned }: DueDateChange): Promise<true> {
  const { dueDtUniq } = standing;
  const shownOf = ({ line }: ShownSalesOrder) => line?.dueDates.find((shown) => shown.dueDtUniq === dueDtUniq);
  if (planned === undefined) {
    return carrySettingOut(fulfilment, {
      call: manex.removeDueDate,
      what: `delete the due date ${standing.dueDate}`,
      facts: [{ label: 'due date', value: standing.dueDate ?? 'none' }],
      send: () => manex.removeDueDate(fulfilment, { dueDtUniq }),
      isSo: (shown) => shown.isWhole && shown.line !== undefined && shownOf(shown) === undefined,
    });
  }
  const { dueDate, shipDate, quantity } = planned;
  return carrySettingOut(fulfilment, {
    call: manex.editDueDate,
    what: `change the due date ${standing.dueDate} to ${dueDate} (${quantity})`,
    facts: [
      { label: 'due date', value: dueDate },
      { label: 'quantity', value: quantity },
    ],
    send: () => manex.editDueDate(fulfilment, { ...key(fulfilment), dueDtUniq, dueDate, shipDate, quantity }),
    isSo: (shown) => {
      const found = shownOf(shown);
      return found !== undefined && isAs(planned)(found) && [null, shipDate].includes(found.shipDate);
    },
  });
}

const changeQuantity = (fulfilment: Fulfilment, quantity: string): Promise<true> =>
  carrySettingOut(fulfilment, {
    call: manex.editSalesOrderLine,
    what: `change the quantity to ${asQuantity(quantity)}`,
    facts: [{ label: 'quantity', value: asQuantity(quantity) }],
    send: () => manex.editSalesOrderLine(fulfilment, { ...key(fulfilment), quantity }),
    isSo: ({ line }) => line !== undefined && compare(line.quantity, quantity) === 0,
  });

/** Of several prices, ours is the one agreed so far; where that is not one, nobody guesses which is to be changed. */
async function changeAgreedPrice(fulfilment: Fulfilment, line: SalesOrderLine, price: string): Promise<void> {
  const { saleTypeId } = fulfilment.plan;
  const [ours, ...others] = agreedPrices(line, fulfilment.state.order.unitPrice, saleTypeId);
  if (ours !== undefined && others.length === 0) {
    await changePrice(fulfilment, ours.plPriceLnk, price);
    return;
  }
  const { unitPrice, currency } = fulfilment.state.order;
  if (line.prices.length === 1 && agreedPrices(line, price, saleTypeId).length === 1) {
    fulfilment.note(`so already in ManEx: the price ${asMoney(price, currency)}`);
    return;
  }
  const shown = line.prices.map((found) => asMoney(found.price, currency)).join(', ');
  fulfilment.task(
    `ManEx: change the price of sales order ${fulfilment.state.soNo} from ${asMoney(unitPrice, currency)} to ${asMoney(price, currency)} by hand; its line shows ${shown === '' ? 'no price' : shown}`,
  );
}

const changePrice = (fulfilment: Fulfilment, plPriceLnk: string, price: string): Promise<true> =>
  carrySettingOut(fulfilment, {
    call: manex.editPrice,
    what: `change the price to ${asMoney(price, fulfilment.state.order.currency)}`,
    facts: [{ label: 'price', value: asMoney(price, fulfilment.state.order.currency) }],
    send: () => manex.editPrice(fulfilment, { ...key(fulfilment), plPriceLnk, price }),
    isSo: ({ line }) =>
      line?.prices.some((shown) => shown.plPriceLnk === plPriceLnk && compare(shown.price, price) === 0) === true,
  });
