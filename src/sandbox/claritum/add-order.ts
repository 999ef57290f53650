import { isDecimal } from '../../domain/values/decimal';
import type { AddAction } from '../claritum-actions';
import { textOf } from '../values';
import { WorldRefused } from '../world-fields';
import { kept, withMembers } from './amend';
import { withOpenQuantity } from './deliveries';
import { seedOrder, today } from './seed-orders';
import type { ClaritumState } from './state';

/** The first `orderRef` from here on that no order has is the one of an order that names none. */
const FIRST_ADDED = 900_001;

function freeOrderRef(state: ClaritumState): string {
  let number = FIRST_ADDED;
  while (state.findOrder(`CL-${number}`) !== undefined) number += 1;
  return `CL-${number}`;
}

/** A seed order under a reference that may be another order's already: its uid and addresses are its own. */
function freshOrder(state: ClaritumState, orderRef: string) {
  const digits = orderRef.replace(/^CL-/, '');
  for (let place = 1; ; place += 1) {
    const made = seedOrder(state.seed, 0, today(), place === 1 ? digits : `${digits}.${place}`);
    if (state.hasUid(made.order.uid)) continue;
    return { ...made, order: { ...made.order, orderRef, poNumber: `PO-${digits}` } };
  }
}

/**
 * The buyer's program lists one more purchase order: as the first one of the seed but for what the action names, which
 * may be what another order has or no reader can use. Only the uid must be its own. A `deliveryRef` that another order
 * has goes on naming that one's address.
 * @returns its uid
 * @throws WorldRefused for a uid that is taken, or members that XML cannot carry
 */
export function addOrder(state: ClaritumState, { purchaseOrder }: AddAction): readonly string[] {
  const given = kept(purchaseOrder);
  const orderRef = 'orderRef' in given ? textOf(given, 'orderRef') : freeOrderRef(state);
  const { order: before, specification, files } = freshOrder(state, orderRef);
  const order = withMembers(before, given);
  if (typeof order.uid !== 'string' || state.hasUid(order.uid)) {
    throw new WorldRefused(400, 'uid must be a text no other record has');
  }
  state.putOrder(order);
  if (!state.specifications.has(orderRef)) state.specifications.set(orderRef, { ...specification, orderRef });
  for (const file of files) state.attachments.set(file.attachmentRef, { ...file, orderRef });
  for (const { deliveryRef, quantity } of order.deliveries) {
    if (state.deliveries.has(deliveryRef) || !isDecimal(quantity)) continue;
    state.putDeliveries(deliveryRef, withOpenQuantity(order, deliveryRef, [], quantity));
  }
  return [order.uid];
}
