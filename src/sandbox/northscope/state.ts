import { createHash } from 'node:crypto';
import { add, compare, divideExactly, multiply, round, subtract, sum } from '../../domain/values/decimal';
import { lots as seedLots } from '../seed';

/** All balances in base units. */
export interface Lot {
  readonly lotSk: string;
  readonly lot: string;
  readonly itemId: string;
  readonly siteId: string;
  onHand: string;
  /** Reserved for orders and not yet shipped. */
  allocated: string;
}

/** What one allocation took from one lot, in base units; `shipped` of it has left. */
interface Reservation {
  readonly lot: Lot;
  readonly units: string;
  shipped: string;
}

export interface OrderLine {
  readonly orderItemSk: string;
  readonly sequence: string;
  readonly itemId: string;
  /** In `uom`. */
  readonly units: string;
  readonly uom: string;
  /** Base units in one `uom`. */
  readonly factor: string;
  readonly reservations: Reservation[];
}

export interface SalesOrder {
  readonly headerSk: string;
  readonly orderId: string;
  readonly poNumber: string;
  readonly customerId: string;
  readonly addressId: string;
  readonly siteId: string;
  readonly orderDate: string;
  readonly shipByDate: string;
  readonly lines: readonly OrderLine[];
  status: 'New' | 'In Process' | 'Shipped' | 'Voided';
  carrier: string;
  tracking: string;
  shipDate: string;
}

/** Whether anything may still be allocated to it, or shipped of it. */
export const isOpen = ({ status }: Pick<SalesOrder, 'status'>): boolean => status === 'New' || status === 'In Process';

/** Units, prices and factors as NorthScope writes them: five decimals, always. */
export const fiveDecimals = (value: string): string => round(value, 5);

/** A positive quantity as NorthScope takes it: at most five decimals. */
export const isQuantity = (text: string): boolean => /^\d{1,12}(\.\d{1,5})?$/.test(text) && /[1-9]/.test(text);

export const availableUnits = (lot: Lot): string => subtract(lot.onHand, lot.allocated);

/** `base` ÷ `factor`, rounded to five decimals: what a despatch by the base unit leaves of a box need not come out even. */
function quotient(base: string, factor: string): string {
  const [whole, part] = [base, factor].map((value) => BigInt(fiveDecimals(value).replace('.', '')));
  if (whole === undefined || part === undefined || part === 0n) throw new RangeError(`not a factor: ${factor}`);
  const digits = ((whole * 200_000n + part) / (part * 2n)).toString().padStart(6, '0');
  return `${digits.slice(0, -5)}.${digits.slice(-5)}`;
}

const inLineUnits = (line: OrderLine, base: string): string =>
  divideExactly(base, line.factor) ?? quotient(base, line.factor);

/** What the line orders, in base units. */
export const orderedBase = (line: OrderLine): string => multiply(line.units, line.factor);

/** Everything ever allocated to the line, shipped or not, in base units. */
export const allocatedBase = (line: OrderLine): string => sum(line.reservations.map(({ units }) => units));

/** In base units. */
export const shippedBase = (line: OrderLine): string => sum(line.reservations.map(({ shipped }) => shipped));

/** Everything ever allocated to the line, shipped or not, in the line's own unit. */
export const allocatedUnits = (line: OrderLine): string => inLineUnits(line, allocatedBase(line));

/** In the line's own unit. */
export const shippedUnits = (line: OrderLine): string => inLineUnits(line, shippedBase(line));

const byOrderId = (a: SalesOrder, b: SalesOrder): number => (a.orderId < b.orderId ? -1 : 1);

/** A lot is one by its own number, item and site (docs/vendors/northscope.md#the-lists). */
const placeOf = ({ lot, itemId, siteId }: Pick<Lot, 'lot' | 'itemId' | 'siteId'>): string =>
  JSON.stringify([lot, itemId, siteId]);

/** Everything NorthScope holds but its inbound queue and its sessions. */
export class NorthScopeState {
  readonly lots: Lot[] = seedLots.map(({ lotSk, lot, itemId, siteId, onHandUnits }) => ({
    ...{ lotSk, lot, itemId, siteId },
    ...{ onHand: add(onHandUnits, '0'), allocated: '0' },
  }));
  private readonly lotsBySk = new Map(this.lots.map((lot) => [lot.lotSk, lot]));
  private readonly lotsByPlace = new Map(this.lots.map((lot) => [placeOf(lot), lot]));
  private readonly orders = new Map<string, SalesOrder>();
  private readonly ordersByPo = new Map<string, SalesOrder[]>();
  private readonly lines = new Map<string, { readonly order: SalesOrder; readonly line: OrderLine }>();

  constructor(
    readonly seed: number,
    readonly now: () => Date,
  ) {}

  order(orderId: string): SalesOrder | undefined {
    return this.orders.get(orderId);
  }

  add(order: SalesOrder): void {
    this.orders.set(order.orderId, order);
    const others = this.ordersByPo.get(order.poNumber);
    if (others === undefined) this.ordersByPo.set(order.poNumber, [order]);
    else others.push(order);
    for (const line of order.lines) this.lines.set(line.orderItemSk, { order, line });
  }

  /** By OrderID, so that a listing does not tell who came first. */
  allOrders(): SalesOrder[] {
    return [...this.orders.values()].toSorted(byOrderId);
  }

  /** The orders of a purchase order, by OrderID. */
  ordersOf(poNumber: string): SalesOrder[] {
    return (this.ordersByPo.get(poNumber) ?? []).toSorted(byOrderId);
  }

  line(orderItemSk: string): { readonly order: SalesOrder; readonly line: OrderLine } | undefined {
    return this.lines.get(orderItemSk);
  }

  /** By LotSK, the short ones of the first stock before the generated ones. */
  allLots(): Lot[] {
    return this.lots.toSorted((a, b) => compare(a.lotSk, b.lotSk));
  }

  lotBySk(lotSk: string): Lot | undefined {
    return this.lotsBySk.get(lotSk);
  }

  lot(lot: string, itemId: string, siteId: string): Lot | undefined {
    return this.lotsByPlace.get(placeOf({ lot, itemId, siteId }));
  }

  addLot(lot: string, itemId: string, siteId: string, onHand: string): Lot {
    const lotSk = this.generateKey('lot', lot, itemId, siteId);
    const added: Lot = { lotSk, lot, itemId, siteId, onHand: add(onHand, '0'), allocated: '0' };
    this.lots.push(added);
    this.lotsBySk.set(lotSk, added);
    this.lotsByPlace.set(placeOf(added), added);
    return added;
  }

  /** Twelve digits from the seed and a business key: the same whatever else happens meanwhile. */
  generateKey(...parts: readonly string[]): string {
    const digest = createHash('sha256')
      .update(JSON.stringify([this.seed, ...parts]))
      .digest('hex');
    return (100_000_000_000n + (BigInt(`0x${digest}`) % 900_000_000_000n)).toString();
  }
}
