import {
  add,
  asQuantity,
  compare,
  isPositive,
  maximum,
  minimum,
  multiply,
  subtract,
  sum,
  wholeTimes,
} from '../values/decimal';

/**
 * The quantities of one order line, per delivery address, in the order's unit of measure. Plain data, so that a long
 * order can continue as new. In total: ordered ≥ allocated ≥ despatched ≥ received, invoiced ≤ received.
 */
export interface Ledger {
  readonly deliveries: readonly LedgerDelivery[];
  readonly invoiced: string;
  /** What a person decided not to wait for any longer (a short delivery with nothing more due). */
  readonly writtenOff: string;
  /** Received, and a person decided that no invoice will come for it; absent where nobody did. */
  readonly uninvoiced?: string;
}

export interface LedgerDelivery {
  readonly deliveryRef: string;
  readonly ordered: string;
  readonly allocated: string;
  readonly despatched: string;
  /** As Claritum allocates receipts: across the addresses in list order, whoever's goods they were. */
  readonly received: string;
  /** What was booked for this very address, where that is not what Claritum allocated to it; absent where it is. */
  readonly arrived?: string;
}

export interface LedgerTotals {
  readonly ordered: string;
  readonly allocated: string;
  readonly despatched: string;
  readonly received: string;
  readonly invoiced: string;
}

export function openLedger(deliveries: readonly { readonly deliveryRef: string; readonly quantity: string }[]): Ledger {
  return {
    deliveries: deliveries.map(({ deliveryRef, quantity }) => ({
      deliveryRef,
      ordered: asQuantity(quantity),
      allocated: '0',
      despatched: '0',
      received: '0',
    })),
    invoiced: '0',
    writtenOff: '0',
  };
}

export function totals(ledger: Ledger): LedgerTotals {
  const of = (column: 'ordered' | 'allocated' | 'despatched' | 'received'): string =>
    sum(ledger.deliveries.map((delivery) => delivery[column]));
  return {
    ordered: of('ordered'),
    allocated: of('allocated'),
    despatched: of('despatched'),
    received: of('received'),
    invoiced: ledger.invoiced,
  };
}

/** What an order is for at a delivery, beyond what the ledger counts as ordered; not positive where there is nothing. */
export const missing = (
  { deliveries }: Ledger,
  { deliveryRef, quantity }: { readonly deliveryRef: string; readonly quantity: string },
): string => subtract(quantity, deliveries.find((known) => known.deliveryRef === deliveryRef)?.ordered ?? '0');

/** Counts more as ordered for a delivery. @throws RangeError for a delivery it does not know */
export const addOrdered = (ledger: Ledger, deliveryRef: string, quantity: string): Ledger =>
  changed(ledger, deliveryRef, { ordered: add(deliveryOf(ledger, deliveryRef).ordered, quantity) });

function changed(ledger: Ledger, deliveryRef: string, change: Partial<LedgerDelivery>): Ledger {
  if (!ledger.deliveries.some((delivery) => delivery.deliveryRef === deliveryRef)) {
    throw new RangeError(`the ledger has no delivery ${deliveryRef}`);
  }
  return {
    ...ledger,
    deliveries: ledger.deliveries.map((delivery) =>
      delivery.deliveryRef === deliveryRef ? { ...delivery, ...change } : delivery,
    ),
  };
}

function deliveryOf(ledger: Ledger, deliveryRef: string): LedgerDelivery {
  const found = ledger.deliveries.find((delivery) => delivery.deliveryRef === deliveryRef);
  if (found === undefined) throw new RangeError(`the ledger has no delivery ${deliveryRef}`);
  return found;
}

/**
 * Sets what the warehouse holds for a delivery: an absolute figure, so that seeing the same thing twice changes nothing.
 * @throws RangeError where it would exceed what was ordered, or fall below what is despatched.
 */
export function recordAllocated(ledger: Ledger, deliveryRef: string, allocated: string): Ledger {
  const { ordered, despatched } = deliveryOf(ledger, deliveryRef);
  if (compare(allocated, ordered) > 0) throw new RangeError(`allocated ${allocated} of ${ordered} ordered`);
  if (compare(allocated, despatched) < 0) throw new RangeError(`allocated ${allocated}, but ${despatched} despatched`);
  return changed(ledger, deliveryRef, { allocated });
}

/**
 * Sets what has left the warehouse for a delivery (absolute; goods do not come back this way, so it never falls).
 * @throws RangeError where it exceeds what is allocated.
 */
export function recordDespatched(ledger: Ledger, deliveryRef: string, despatched: string): Ledger {
  const delivery = deliveryOf(ledger, deliveryRef);
  if (compare(despatched, delivery.despatched) <= 0) return ledger;
  if (compare(despatched, delivery.allocated) > 0) {
    throw new RangeError(`despatched ${despatched}, but only ${delivery.allocated} allocated`);
  }
  return changed(ledger, deliveryRef, { despatched });
}

/** Goods that left for a delivery without NorthScope showing it, says a person: so much more of it has left. */
export function leftElsewhere(ledger: Ledger, deliveryRef: string, quantity: string): Ledger {
  const { ordered, allocated, despatched } = deliveryOf(ledger, deliveryRef);
  const left = minimum(ordered, add(despatched, quantity));
  return changed(ledger, deliveryRef, { allocated: maximum(allocated, left), despatched: left });
}

/** What Claritum still expects: ordered less received and less what was written off, over all addresses. */
export const outstanding = (ledger: Ledger): string =>
  subtract(subtract(totals(ledger).ordered, totals(ledger).received), ledger.writtenOff);

/** Whatever Claritum allocated: what was booked for the goods that came to this address. */
const arrivedAt = ({ arrived, received }: LedgerDelivery): string => arrived ?? received;

/**
 * What is still due to one address: ordered for it, less what was booked for its goods. What was written off is due again
 * when it comes after all. A reference the order does not know may stand for any of its addresses.
 */
export function dueTo(ledger: Ledger, deliveryRef: string): string {
  const open = add(outstanding(ledger), ledger.writtenOff);
  const known = ledger.deliveries.find((delivery) => delivery.deliveryRef === deliveryRef);
  const due = known === undefined ? open : minimum(open, subtract(known.ordered, arrivedAt(known)));
  return maximum('0', due);
}

/** What has left for one address and is not booked for it, and what is still to leave for it; as {@link dueTo}. */
export function onTheWayTo(ledger: Ledger, deliveryRef: string): { readonly left: string; readonly toLeave: string } {
  const known = ledger.deliveries.find((delivery) => delivery.deliveryRef === deliveryRef);
  const { ordered, despatched } = known ?? totals(ledger);
  const arrived = known === undefined ? totals(ledger).received : arrivedAt(known);
  return { left: subtract(despatched, arrived), toLeave: subtract(ordered, despatched) };
}

/**
 * Books a receipt the way Claritum does: each address in list order takes what it still misses
 * (docs/vendors/claritum.md#setgoodsreceipts).
 * @param deliveryRef the address the goods came to; without it, or unknown, they count where Claritum allocates them
 * @throws RangeError for more than is outstanding or for a quantity that is not positive.
 */
export function recordReceived(ledger: Ledger, quantity: string, deliveryRef?: string): Ledger {
  if (!isPositive(quantity)) throw new RangeError(`a receipt of ${quantity}`);
  if (compare(quantity, outstanding(ledger)) > 0) {
    throw new RangeError(`received ${quantity}, but only ${outstanding(ledger)} outstanding`);
  }
  const isKnown = ledger.deliveries.some((delivery) => delivery.deliveryRef === deliveryRef);
  let left = quantity;
  const deliveries = ledger.deliveries.map((delivery) => {
    const taken = minimum(maximum('0', subtract(delivery.ordered, delivery.received)), left);
    left = subtract(left, taken);
    const came = isKnown ? (delivery.deliveryRef === deliveryRef ? quantity : '0') : taken;
    return asArrived({ ...delivery, received: add(delivery.received, taken) }, add(arrivedAt(delivery), came));
  });
  return { ...ledger, deliveries };
}

/**
 * What was booked and has not been delivered, says a person who balances it: it is due again. What is invoiced already stays
 * received, because no more is ever invoiced than received.
 *
 * @param deliveryRef the address it was booked for
 */
export function takeBack(ledger: Ledger, quantity: string, deliveryRef: string): Ledger {
  let left = minimum(quantity, maximum('0', invoiceable(ledger)));
  const taken = left;
  const deliveries = ledger.deliveries.toReversed().map((delivery) => {
    const from = minimum(delivery.received, left);
    left = subtract(left, from);
    const came = delivery.deliveryRef === deliveryRef ? minimum(arrivedAt(delivery), taken) : '0';
    return asArrived({ ...delivery, received: subtract(delivery.received, from) }, subtract(arrivedAt(delivery), came));
  });
  return { ...ledger, deliveries: deliveries.toReversed() };
}

function asArrived(delivery: LedgerDelivery, arrived: string): LedgerDelivery {
  const { deliveryRef, ordered, allocated, despatched, received } = delivery;
  const asAllocated = { deliveryRef, ordered, allocated, despatched, received };
  return compare(arrived, received) === 0 ? asAllocated : { ...asAllocated, arrived };
}

/** Goods that were written off came after all: what `quantity` exceeds the outstanding by is due again. */
export function expectAgain(ledger: Ledger, quantity: string): Ledger {
  const late = minimum(ledger.writtenOff, maximum('0', subtract(quantity, outstanding(ledger))));
  return { ...ledger, writtenOff: subtract(ledger.writtenOff, late) };
}

/** Received and not yet invoiced: what an invoice may claim. */
export const invoiceable = (ledger: Ledger): string =>
  subtract(subtract(totals(ledger).received, ledger.invoiced), ledger.uninvoiced ?? '0');

/** @throws RangeError where the invoices would exceed what was received. */
export function recordInvoiced(ledger: Ledger, quantity: string): Ledger {
  if (compare(quantity, invoiceable(ledger)) > 0) {
    throw new RangeError(`invoiced ${quantity}, but only ${invoiceable(ledger)} received and not invoiced`);
  }
  return { ...ledger, invoiced: add(ledger.invoiced, quantity) };
}

/** Waits for no invoice of what was received and is not invoiced yet. */
export const closeUninvoiced = (ledger: Ledger): Ledger => ({
  ...ledger,
  uninvoiced: add(ledger.uninvoiced ?? '0', invoiceable(ledger)),
});

/** Closes the line short: nothing more is expected than what was received. */
export const closeShort = (ledger: Ledger): Ledger => ({
  ...ledger,
  writtenOff: add(ledger.writtenOff, outstanding(ledger)),
});

/** Order units to stock units (`factor` stock units in one order unit). */
export const toStockUnits = (quantity: string, factor: string): string => multiply(quantity, factor);

/**
 * Converts stock units to whole order units, rounded down, because half a box cannot be received. Fractions count
 * when the rest has left.
 */
export const toOrderUnits = (stockUnits: string, factor: string): string => wholeTimes(stockUnits, factor);

/** Splits what is wanted over lots in their order; takes less where the lots hold less (a back-order remains). */
export function pickLots<L extends { readonly availableUnits: string }>(
  wanted: string,
  lots: readonly L[],
): { readonly lot: L; readonly units: string }[] {
  const picked: { lot: L; units: string }[] = [];
  let left = wanted;
  for (const lot of lots) {
    const units = minimum(left, lot.availableUnits);
    if (!isPositive(units)) continue;
    picked.push({ lot, units });
    left = subtract(left, units);
  }
  return picked;
}
