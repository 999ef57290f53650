import { isPastDay } from '../values/calendar';
import { asQuantity, compare, isDecimal, isPositive, minimum, sum, wholeTimes } from '../values/decimal';
import { nameKey, unitKey } from '../values/likeness';
import { amountsLike, asMoney } from './order-amounts';
import type { Address, PurchaseOrder, PurchaseOrderDelivery } from './purchase-order';
import type { Ledger } from './quantity';

/**
 * What a changed purchase order means for one that is already placed. What can be carried is a change of quantities, of
 * the price, of dates, of addresses and instructions, and more or fewer addresses, through the vendors' APIs or as a
 * task; another product, customer, currency or unit is another order.
 */
export type Amendment =
  | { readonly kind: 'none' }
  | { readonly kind: 'applicable'; readonly changes: readonly string[] }
  | { readonly kind: 'impossible'; readonly because: string };

const FIXED = ['productCode', 'customerName', 'currency', 'unitOfMeasure'] as const;

/** How each of them is compared: invisible blanks are no change. */
const KEY = { productCode: nameKey, customerName: nameKey, currency: nameKey, unitOfMeasure: unitKey } as const;

/** Compares what was taken over with what the buyer wants now, given what has already left the warehouse. */
export function judgeAmendment(before: PurchaseOrder, after: PurchaseOrder, ledger: Ledger): Amendment {
  const fault = figureFault(after) ?? fixedChange(before, after) ?? belowDespatched(after, ledger);
  if (fault !== undefined) return { kind: 'impossible', because: fault };
  const changes = changesOf(before, after);
  return changes.length === 0 ? { kind: 'none' } : { kind: 'applicable', changes };
}

/** What is wrong with an order's figures in themselves; undefined where they can be reckoned with and add up. */
export function figureFault({ quantity, unitPrice, net, deliveries }: PurchaseOrder): string | undefined {
  const figures = [quantity, unitPrice, net, ...deliveries.map((delivery) => delivery.quantity)];
  const wrong = figures.find((figure) => !isDecimal(figure));
  if (wrong !== undefined) return `it carries the unreadable figure ${JSON.stringify(wrong.slice(0, 40))}`;
  if (!isPositive(quantity)) return `it is for a quantity of ${asQuantity(quantity)}: cancel the order instead`;
  const delivered = sum(deliveries.map((delivery) => delivery.quantity));
  if (compare(delivered, quantity) === 0) return undefined;
  return `its deliveries add up to ${delivered}, but it is for ${asQuantity(quantity)}`;
}

/** Units that are counted, as Claritum writes them. */
const COUNTED = /^(single units|boxes of \d+)$/;

/**
 * What an operator is asked to write again: a changed quantity of counted units that is not whole, or a date that was
 * moved into the past. A buyer's own record is not held to it: it is judged as it stands.
 *
 * @param now ISO instant.
 */
export function slipOfThePen(before: PurchaseOrder, after: PurchaseOrder, now: string): string | undefined {
  for (const delivery of after.deliveries) {
    const known = deliveryOf(before, delivery.deliveryRef);
    const isResized = known === undefined || !isSameFigure(known.quantity, delivery.quantity);
    if (isResized && COUNTED.test(unitKey(after.unitOfMeasure)) && !isWhole(delivery.quantity))
      return `${asQuantity(delivery.quantity)} ${after.unitOfMeasure} cannot be ordered: they are counted in whole numbers`;
    const date = delivery.requiredDate;
    if (date !== null && known?.requiredDate !== date && isPastDay(date, now))
      return `delivery ${delivery.deliveryRef} would be due on ${date.slice(0, 10)}, which is past`;
  }
  return undefined;
}

const isWhole = (quantity: string): boolean =>
  !isDecimal(quantity) || compare(quantity, '0') < 0 || compare(wholeTimes(quantity, '1'), quantity) === 0;

function fixedChange(before: PurchaseOrder, after: PurchaseOrder): string | undefined {
  const changed = FIXED.find((field) => KEY[field](before[field]) !== KEY[field](after[field]));
  if (changed === undefined) return undefined;
  return `${changed} changes from '${before[changed]}' to '${after[changed]}': that is another order`;
}

function belowDespatched(after: PurchaseOrder, { deliveries }: Ledger): string | undefined {
  for (const { deliveryRef, despatched } of deliveries) {
    const wanted = after.deliveries.find((delivery) => delivery.deliveryRef === deliveryRef)?.quantity ?? '0';
    if (compare(wanted, despatched) < 0) {
      return `${despatched} of delivery ${deliveryRef} have already been despatched, and it asks for ${asQuantity(wanted)}`;
    }
  }
  return undefined;
}

/** What differs between two versions of an order, one line a change; texts that nobody acts on are left out. */
export function changesOf(before: PurchaseOrder, after: PurchaseOrder): readonly string[] {
  const lines = [
    ...FIXED.filter((field) => KEY[field](before[field]) !== KEY[field](after[field])).map(
      (field) => `${field} ${before[field]} → ${after[field]}`,
    ),
    ...(before.poNumber === after.poNumber ? [] : [`PO number ${before.poNumber} → ${after.poNumber}`]),
    ...(isSameFigure(before.quantity, after.quantity)
      ? []
      : [`quantity ${asQuantity(before.quantity)} → ${asQuantity(after.quantity)}`]),
    ...(isSameFigure(before.unitPrice, after.unitPrice)
      ? []
      : [`price ${priced(before, 'unitPrice')} → ${priced(after, 'unitPrice')}`]),
    ...(isOnlyNetChanged(before, after) ? [`net ${priced(before, 'net')} → ${priced(after, 'net')}`] : []),
    ...(before.deliveryDate === after.deliveryDate
      ? []
      : [`date ${before.deliveryDate ?? 'TBC'} → ${after.deliveryDate ?? 'TBC'}`]),
  ];
  const references = new Set([...before.deliveries, ...after.deliveries].map(({ deliveryRef }) => deliveryRef));
  for (const reference of references) {
    const change = deliveryDifference(deliveryOf(before, reference), deliveryOf(after, reference));
    if (change !== undefined) lines.push(`delivery ${reference}: ${change}`);
  }
  return lines;
}

/**
 * As {@link changesOf}, for people who are told that a record changed: its status and its title too, and where it is nothing
 * of all this, the members that differ.
 */
export function newsIn(before: PurchaseOrder, after: PurchaseOrder): readonly string[] {
  const told = [
    ...(before.status === after.status ? [] : [`status ${quoted(before.status)} → ${quoted(after.status)}`]),
    ...changesOf(before, after),
    ...(before.projectTitle === after.projectTitle
      ? []
      : [`title ${quoted(before.projectTitle)} → ${quoted(after.projectTitle)}`]),
  ];
  if (told.length > 0) return told;
  const was = new Map(Object.entries(before));
  return Object.entries(after).flatMap(([member, is]) =>
    member === 'lastModified' || JSON.stringify(was.get(member)) === JSON.stringify(is) ? [] : [`another ${member}`],
  );
}

const priced = (order: PurchaseOrder, amount: 'unitPrice' | 'net'): string => asMoney(order[amount], order.currency);

/** A net amount that follows a changed quantity or price is not named. One that changes alone is. */
const isOnlyNetChanged = (before: PurchaseOrder, after: PurchaseOrder): boolean =>
  isSameFigure(before.quantity, after.quantity) &&
  isSameFigure(before.unitPrice, after.unitPrice) &&
  !isSameFigure(before.net, after.net);

/** An unreadable figure is equal to itself only. */
const isSameFigure = (left: string, right: string): boolean =>
  [left, right].every(isDecimal) ? compare(left, right) === 0 : left === right;

const deliveryOf = ({ deliveries }: PurchaseOrder, reference: string): PurchaseOrderDelivery | undefined =>
  deliveries.find(({ deliveryRef }) => deliveryRef === reference);

function deliveryDifference(before?: PurchaseOrderDelivery, after?: PurchaseOrderDelivery): string | undefined {
  if (before === undefined) return `new, ${asQuantity(after?.quantity ?? '0')}`;
  if (after === undefined) return 'dropped';
  const quantity = isSameFigure(before.quantity, after.quantity)
    ? []
    : [`${asQuantity(before.quantity)} → ${asQuantity(after.quantity)}`];
  const date =
    before.requiredDate === after.requiredDate
      ? []
      : [`by ${before.requiredDate ?? 'TBC'} → ${after.requiredDate ?? 'TBC'}`];
  const instructions =
    (before.instructions ?? null) === (after.instructions ?? null)
      ? []
      : [`instructions ${quoted(before.instructions)} → ${quoted(after.instructions)}`];
  const changes = [...quantity, ...date, ...addressChanges(before.address, after.address), ...instructions];
  return changes.length === 0 ? undefined : changes.join(', ');
}

const ADDRESS_FIELDS = ['description', 'company', 'street', 'city', 'county', 'postCode', 'country'] as const;

/** Field by field, as `postCode 'EH6 6AA' → 'ZZ1 1ZZ'`; a field that is missing is as good as null. */
export const addressChanges = (before: Address, after: Address): readonly string[] =>
  ADDRESS_FIELDS.flatMap((field) =>
    (before[field] ?? null) === (after[field] ?? null)
      ? []
      : [`${field} ${quoted(before[field])} → ${quoted(after[field])}`],
  );

/** Long texts are cut: the whole stands in Claritum. */
const quoted = (text: string | null | undefined): string =>
  text === null || text === undefined ? 'none' : `'${text.length > 60 ? `${text.slice(0, 60)}…` : text}'`;

/**
 * The ledger of the amended order: ordered follows the new quantities, what happened stays. A dropped address keeps a row
 * of zero, so that its history does.
 *
 * @param isPlaced whether the warehouse has orders for a delivery: what is added to it counts once that is ordered there too
 */
export function amendLedger(
  ledger: Ledger,
  after: PurchaseOrder,
  isPlaced: (deliveryRef: string) => boolean = () => false,
): Ledger {
  const wanted = new Map(after.deliveries.map(({ deliveryRef, quantity }) => [deliveryRef, quantity]));
  const kept = ledger.deliveries.map((delivery) => {
    const quantity = wanted.get(delivery.deliveryRef) ?? '0';
    const ordered = isPlaced(delivery.deliveryRef) ? minimum(quantity, delivery.ordered) : quantity;
    const allocated = compare(delivery.allocated, ordered) > 0 ? ordered : delivery.allocated;
    return { ...delivery, ordered, allocated };
  });
  const known = new Set(ledger.deliveries.map(({ deliveryRef }) => deliveryRef));
  const added = after.deliveries
    .filter(({ deliveryRef }) => !known.has(deliveryRef))
    .map(({ deliveryRef, quantity }) => ({
      deliveryRef,
      ordered: isPlaced(deliveryRef) ? '0' : asQuantity(quantity),
      allocated: '0',
      despatched: '0',
      received: '0',
    }));
  return { ...ledger, deliveries: [...kept, ...added] };
}

/** The order cut down to what has left the warehouse: what a late cancellation can still do. */
export function cutToDespatched(order: PurchaseOrder, ledger: Ledger): PurchaseOrder {
  const deliveries = order.deliveries.flatMap((delivery) => {
    const despatched =
      ledger.deliveries.find(({ deliveryRef }) => deliveryRef === delivery.deliveryRef)?.despatched ?? '0';
    return isPositive(despatched) ? [{ ...delivery, quantity: despatched }] : [];
  });
  const cut = { ...order, deliveries, quantity: sum(deliveries.map(({ quantity }) => quantity)) };
  return { ...cut, ...amountsLike(order, cut) };
}
