import { calendarDate } from '../../domain/values/calendar';
import { waybill } from '../../domain/values/command-line';
import { compare, isZero, plain, sum } from '../../domain/values/decimal';
import { amountsLike, asMoney, currencyDecimals, netOf } from '../../domain/purchase-order/order-amounts';
import { taxRate } from '../../domain/purchase-order/tax';
import { orderOperand } from '../../domain/case/names';
import type { PurchaseOrder, PurchaseOrderDelivery } from '../../domain/purchase-order/purchase-order';
import { CliError } from '../../terminal/cli-error';
import { joined, say } from '../../terminal/output';

/** Single figures of an order that are to be others. */
export interface Change {
  /** Decimal string in the order's unit of measure; of one delivery where there are several, 0 drops that one. */
  readonly quantity?: string;
  /** Decimal string, per unit of measure. */
  readonly price?: string;
  /** Calendar date. */
  readonly date?: string;
  /** The delivery that `quantity` and `date` are about. */
  readonly delivery?: string;
}

/**
 * The whole order with single figures changed. Net is quantity × price, rounded to the currency's smallest unit; tax keeps the order's rate.
 *
 * @param timeZone the company's (IANA name): in it, `date` is a day.
 * @throws CliError where the change is not clear: a delivery unnamed, or amounts from which no rate can be told.
 */
export function amendedOrder(order: PurchaseOrder, change: Change, timeZone: string): PurchaseOrder {
  const { quantity, price, date } = change;
  const target = deliveryFor(order, change);
  let amended = order;
  if (quantity !== undefined) amended = withQuantity(amended, target, plain(quantity));
  if (price !== undefined) amended = { ...amended, unitPrice: asMoney(price, order.currency) };
  if (date !== undefined) amended = withDate(amended, target, date, timeZone);
  return hasSameAmounts(order, amended) ? amended : { ...amended, ...amounts(order, amended) };
}

/** The delivery meant; undefined for all of them. */
function deliveryFor({ deliveries }: PurchaseOrder, { delivery, quantity }: Change): PurchaseOrderDelivery | undefined {
  const references = joined(deliveries.map(({ deliveryRef }) => deliveryRef));
  if (delivery === undefined) {
    if (quantity === undefined || deliveries.length === 1) return deliveries.length === 1 ? deliveries[0] : undefined;
    throw new CliError(say`The order has ${deliveries.length} deliveries (${references}). Choose one with --delivery.`);
  }
  const found = deliveries.find(({ deliveryRef }) => deliveryRef === delivery);
  if (found !== undefined) return found;
  throw new CliError(say`The order has no delivery ${delivery}; it has ${references}.`);
}

function withQuantity(
  order: PurchaseOrder,
  target: PurchaseOrderDelivery | undefined,
  quantity: string,
): PurchaseOrder {
  const deliveries = order.deliveries
    .map((delivery) => (delivery === target ? { ...delivery, quantity } : delivery))
    .filter((delivery) => !isZero(delivery.quantity));
  if (deliveries.length > 0) return { ...order, deliveries, quantity: sum(deliveries.map((kept) => kept.quantity)) };
  throw new CliError(
    say`Nothing would be left. Cancel the order instead (\`${waybill('cancel', [orderOperand(order.orderRef)])}\`).`,
  );
}

/** The order's own date counts for deliveries without one, so it moves only where every delivery does. */
function withDate(
  order: PurchaseOrder,
  target: PurchaseOrderDelivery | undefined,
  date: string,
  timeZone: string,
): PurchaseOrder {
  const onDay = (instant: string | null): string =>
    instant !== null && calendarDate(instant, timeZone) === date ? instant : instantOn(date, timeZone);
  const movesAll = target === undefined || order.deliveries.length === 1;
  const moves = ({ deliveryRef }: PurchaseOrderDelivery): boolean => movesAll || deliveryRef === target.deliveryRef;
  return {
    ...order,
    deliveryDate: movesAll ? onDay(order.deliveryDate) : order.deliveryDate,
    deliveries: order.deliveries.map((delivery) =>
      moves(delivery) ? { ...delivery, requiredDate: onDay(delivery.requiredDate ?? order.deliveryDate) } : delivery,
    ),
  };
}

/** Noon in UTC lies on that day everywhere but far in the east, where midnight does. */
function instantOn(date: string, timeZone: string): string {
  const noon = `${date}T12:00:00Z`;
  return calendarDate(noon, timeZone) === date ? noon : `${date}T00:00:00Z`;
}

const hasSameAmounts = (before: PurchaseOrder, after: PurchaseOrder): boolean =>
  compare(before.quantity, after.quantity) === 0 && compare(before.unitPrice, after.unitPrice) === 0;

/** @throws CliError where net and tax do not tell how the new ones come about. */
function amounts(before: PurchaseOrder, after: PurchaseOrder): Pick<PurchaseOrder, 'net' | 'tax' | 'gross'> {
  const { net, tax, currency } = before;
  if (compare(net, netOf(before)) !== 0) {
    throw new CliError(
      say`The net amount ${asMoney(net, currency)} is not ${plain(before.quantity)} × ${asMoney(before.unitPrice, currency)}: give the whole order with --file.`,
    );
  }
  if (taxRate(before, currencyDecimals(currency)) === undefined) {
    throw new CliError(
      say`No tax rate can be told from a net amount of ${asMoney(net, currency)} and a tax of ${asMoney(tax, currency)}: give the whole order with --file.`,
    );
  }
  return amountsLike(before, after);
}
