import { readVersion, writeVersion, type OrderVersion } from '../../src/domain/purchase-order/order-version';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import type { OrderState, PendingAmendment } from './state';

/**
 * What an order hands to its next history, beside the order itself: its other versions as what differs from it, and its long
 * lists as rows, which name their members once.
 */
export interface CarriedState
  extends Omit<OrderState, 'order' | keyof Versions<PurchaseOrder> | Lists>, Versions<OrderVersion> {
  readonly booked: Rows<OrderState['booked'][number]>;
  readonly receipts: Rows<OrderState['receipts'][number]>;
  readonly warehouseOrders: Rows<OrderState['warehouseOrders'][number]>;
  readonly ledger: Packed<OrderState['ledger']>;
  readonly plan: Packed<NonNullable<OrderState['plan']>> | null;
}

type Lists = 'booked' | 'receipts' | 'warehouseOrders' | 'ledger' | 'plan';

/** The other versions of the order: as orders, or as what differs from it. */
interface Versions<V> {
  readonly buyersOrder?: V | undefined;
  readonly amendment:
    | (Omit<PendingAmendment, 'order' | 'buyersOrder'> & { readonly order: V; readonly buyersOrder?: V | undefined })
    | null;
}

const versions = <A extends object, B>(
  { amendment, buyersOrder }: Versions<A>,
  as: (version: A) => B,
): Versions<B> => ({
  ...(buyersOrder === undefined ? {} : { buyersOrder: as(buyersOrder) }),
  amendment: amendment && {
    ...amendment,
    order: as(amendment.order),
    buyersOrder: amendment.buyersOrder && as(amendment.buyersOrder),
  },
});

/** Something with deliveries, these as rows. */
type Packed<T extends { readonly deliveries: readonly object[] }> = Omit<T, 'deliveries'> & {
  readonly deliveries: Rows<T['deliveries'][number]>;
};

/** A list of records without their members' names; `null` stands where a record has no such member. */
interface Rows<T extends object> {
  readonly names: readonly (keyof T & string)[];
  readonly rows: readonly (readonly unknown[])[];
}

function toRows<T extends object>(records: readonly T[]): Rows<T> {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))] as (keyof T & string)[];
  return { names, rows: records.map((record) => names.map((name) => record[name] ?? null)) };
}

const fromRows = <T extends object>({ names, rows }: Rows<T>): T[] =>
  rows.map((row) => {
    const members = names.map((name, at) => [name, row[at]] as const).filter(([, value]) => value !== null);
    return Object.fromEntries(members) as T;
  });

const packed = <T extends { readonly deliveries: readonly object[] }>(whole: T): Packed<T> => ({
  ...whole,
  deliveries: toRows<T['deliveries'][number]>(whole.deliveries),
});

const unpacked = <T extends { readonly deliveries: readonly object[] }>(part: Packed<T>): T =>
  ({ ...part, deliveries: fromRows(part.deliveries) }) as unknown as T;

/** The state in the form that {@link carriedOn} reads, given the order itself. */
export function carried({ order, amendment, buyersOrder, ...state }: OrderState): CarriedState {
  return {
    ...state,
    booked: toRows(state.booked),
    receipts: toRows(state.receipts),
    warehouseOrders: toRows(state.warehouseOrders),
    ledger: packed(state.ledger),
    plan: state.plan && packed(state.plan),
    ...versions({ amendment, buyersOrder }, (version) => writeVersion(order, version)),
  };
}

/** The state again, in the next history. */
export function carriedOn(order: PurchaseOrder, { amendment, buyersOrder, ...state }: CarriedState): OrderState {
  return {
    ...state,
    order,
    booked: fromRows(state.booked),
    receipts: fromRows(state.receipts),
    warehouseOrders: fromRows(state.warehouseOrders),
    ledger: unpacked(state.ledger),
    plan: state.plan && unpacked(state.plan),
    ...versions({ amendment, buyersOrder }, (version) => readVersion(order, version)),
  };
}
