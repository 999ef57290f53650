import { readVersion, writeVersion, type OrderVersion } from '../../src/domain/order-version';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import type { OrderState, PendingAmendment } from './state';

/**
 * What an order hands to its next history, beside the order itself: its other versions as what differs from it, so that a
 * long list of deliveries is carried once.
 */
export interface CarriedState extends Omit<OrderState, 'order' | 'amendment' | 'buyersOrder' | 'booked'> {
  /** Each delivery as a list: hundreds of them would mostly be names of members. */
  readonly booked: readonly CarriedDelivery[];
  readonly amendment:
    (Omit<PendingAmendment, 'order' | 'buyersOrder'> & Versions & { readonly order: OrderVersion }) | null;
  readonly buyersOrder?: OrderVersion | undefined;
}

/** uid, digest, booked, settled, receipts, whether it is marked. */
type CarriedDelivery = readonly [string, string, string, string, number, boolean];

interface Versions {
  readonly buyersOrder?: OrderVersion | undefined;
}

/** The state without what {@link carriedOn} finds in `state.order`. */
export function carried({ order, amendment, buyersOrder, booked, ...state }: OrderState): CarriedState {
  const version = (other: PurchaseOrder): OrderVersion => writeVersion(order, other);
  return {
    ...state,
    booked: booked.map(({ uid, digest, quantity, settled, receipts, isMarked }) => [
      uid,
      digest,
      quantity,
      settled,
      receipts,
      isMarked,
    ]),
    ...(buyersOrder === undefined ? {} : { buyersOrder: version(buyersOrder) }),
    amendment:
      amendment === null
        ? null
        : {
            ...amendment,
            order: version(amendment.order),
            buyersOrder: amendment.buyersOrder && version(amendment.buyersOrder),
          },
  };
}

/** The state again, in the next history. */
export function carriedOn(order: PurchaseOrder, state: CarriedState): OrderState {
  const { amendment, buyersOrder, booked, ...rest } = state;
  const version = (other: OrderVersion): PurchaseOrder => readVersion(order, other);
  return {
    ...rest,
    order,
    booked: booked.map(([uid, digest, quantity, settled, receipts, isMarked]) => ({
      uid,
      digest,
      quantity,
      settled,
      receipts,
      isMarked,
    })),
    ...(buyersOrder === undefined ? {} : { buyersOrder: version(buyersOrder) }),
    amendment:
      amendment === null
        ? null
        : {
            ...amendment,
            order: version(amendment.order),
            buyersOrder: amendment.buyersOrder && version(amendment.buyersOrder),
          },
  };
}
