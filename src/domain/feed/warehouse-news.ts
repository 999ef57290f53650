/** What `feed:northscope` makes of a look: which of the orders that wait for the warehouse have something to look at. */
import { contentDigest } from '../case/news';
import { allocatedUnits, isGone, type Lot, type WarehouseOrder } from '../stock/inventory';
import { compare, isPositive } from '../values/decimal';
import type { SetAside } from './set-aside';
import { remembered, seenUnder } from './watermark';

/** An order that waits for the warehouse. */
export interface WaitingOrder {
  readonly workflowId: string;
  /** The number of its sales order, with which its orders in NorthScope begin; also others of its numbers of that form. */
  readonly soNos: readonly string[];
}

/** What NorthScope shows of all that wait. */
export interface WarehouseLists {
  readonly waiting: readonly WaitingOrder[];
  readonly orders: readonly WarehouseOrder[];
  /** Of the items that some of those orders have not enough of. */
  readonly lots: readonly Lot[];
  /** What of it cannot be read. */
  readonly unreadable: readonly SetAside[];
}

export interface WarehouseWatermark {
  /** Digests of what NorthScope showed of an order, by workflow id. */
  readonly orders: Readonly<Record<string, string>>;
  /** Units that were free, by LotSK. */
  readonly lots: Readonly<Record<string, string>>;
}

export const nothingWaits: WarehouseWatermark = { orders: {}, lots: {} };

/** An item at a site; what shows no site is taken for any. */
type Place = Pick<Lot, 'itemId' | 'siteId'>;

/** What an order has no lot for, by what NorthScope shows of it. */
export const lackedBy = (order: WarehouseOrder): readonly Place[] =>
  isGone(order)
    ? []
    : order.lines
        .filter((line) => compare(line.orderUnits, allocatedUnits(line)) > 0)
        .map(({ itemId }) => ({ itemId, siteId: order.siteId }));

/**
 * Who is to be told, and what is remembered. What changed since the last look is told to the order it concerns, a lot that
 * has other units free than before to all that lack the item. What is seen for the first time is what the order itself saw
 * last, or little later: it is told only where there is something in it to act on.
 */
export function warehouseNews(
  { waiting, orders, lots }: Pick<WarehouseLists, 'waiting' | 'orders' | 'lots'>,
  seen: WarehouseWatermark,
): { readonly told: readonly string[]; readonly watermark: WarehouseWatermark } {
  const bySoNo = new Map<string, WarehouseOrder[]>();
  for (const order of orders) {
    const soNo = soNoIn(order.orderId);
    bySoNo.set(soNo, [...(bySoNo.get(soNo) ?? []), order]);
  }
  const free = lots.filter(({ availableUnits }) => isPositive(availableUnits));
  const changed = free.filter(({ lotSk, availableUnits }) => seenUnder(seen.lots, lotSk) !== availableUnits);
  const shown = waiting.map(({ workflowId, soNos }) => {
    const theirs = soNos.flatMap((soNo) => bySoNo.get(soNo) ?? []);
    const before = seenUnder(seen.orders, workflowId);
    const digest = digestOf(theirs);
    const isNews = before === undefined ? isToActOn(theirs, free) : before !== digest || isLacking(theirs, changed);
    return { workflowId, digest, isNews };
  });
  return {
    told: shown.filter(({ isNews }) => isNews).map(({ workflowId }) => workflowId),
    watermark: {
      // Those that wait no longer come last, for they may wait again.
      orders: remembered([
        ...shown.map(({ workflowId, digest }) => [workflowId, digest] as const),
        ...Object.entries(seen.orders),
      ]),
      lots: remembered(free.map(({ lotSk, availableUnits }) => [lotSk, availableUnits])),
    },
  };
}

/** What stands before the sequence in an OrderID of ours. */
const soNoIn = (orderId: string): string => orderId.split('-', 1)[0] ?? '';

const digestOf = (orders: readonly WarehouseOrder[]): string =>
  contentDigest(
    orders
      .map(({ orderId, statusName, lines }) => [orderId, statusName, lines.map(figuresOf)] as const)
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );

const figuresOf = ({ orderUnits, allocatedUnits: allocated, shippedUnits }: WarehouseOrder['lines'][number]) => [
  orderUnits,
  allocated,
  shippedUnits,
];

/** Goods have left, or an order is gone, or there is stock for one that lacks it. */
const isToActOn = (orders: readonly WarehouseOrder[], free: readonly Lot[]): boolean =>
  orders.length === 0 ||
  orders.some((order) => isGone(order) || order.lines.some(({ shippedUnits }) => isPositive(shippedUnits))) ||
  isLacking(orders, free);

const isLacking = (orders: readonly WarehouseOrder[], lots: readonly Lot[]): boolean =>
  orders
    .flatMap(lackedBy)
    .some((place) => lots.some(({ itemId, siteId }) => itemId === place.itemId && ['', siteId].includes(place.siteId)));
