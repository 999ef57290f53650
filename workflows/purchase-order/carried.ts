import { readVersion, writeVersion, type OrderVersion } from '../../src/domain/order-version';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import type { OrderState, PendingAmendment } from './order';

/**
 * What an order hands to its next history, beside the order itself: its other versions as what differs from it, so that a
 * long list of deliveries is carried once.
 */
export interface CarriedState extends Omit<OrderState, 'order' | 'amendment' | 'buyersOrder'> {
  readonly amendment:
    (Omit<PendingAmendment, 'order' | 'buyersOrder'> & Versions & { readonly order: OrderVersion }) | null;
  readonly buyersOrder?: OrderVersion | undefined;
}

interface Versions {
  readonly buyersOrder?: OrderVersion | undefined;
}

/** The state without what {@link carriedOn} finds in `state.order`. */
export function carried({ order, amendment, buyersOrder, ...state }: OrderState): CarriedState {
  const version = (other: PurchaseOrder): OrderVersion => writeVersion(order, other);
  return {
    ...state,
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

/** The state again, in the next history; one that was carried whole is taken as it is. */
export function carriedOn(order: PurchaseOrder, state: CarriedState | OrderState): OrderState {
  if ('order' in state) return state;
  const { amendment, buyersOrder, ...rest } = state;
  const version = (other: OrderVersion): PurchaseOrder => readVersion(order, other);
  return {
    ...rest,
    order,
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
