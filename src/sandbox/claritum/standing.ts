import type { CancelAction, StatusAction } from '../claritum-actions';
import type { Instant } from '../claritum-actions';
import { isCancelled } from './records';
import type { PurchaseOrder } from './records';
import type { ClaritumState } from './state';
import { changedAt } from './utc';

type Ids = readonly string[] | undefined;

function restate(state: ClaritumState, order: PurchaseOrder, status: string, when: Instant): void {
  state.putOrder({ ...order, status, lastModified: changedAt(order.lastModified, when) });
}

function list(state: ClaritumState, { uid }: PurchaseOrder): void {
  state.unlisted.delete(uid);
  state.reopen(uid);
}

/**
 * The buyer withdraws an order. It stays in the ledger as `cancelled` and is listed no more unless the action says so;
 * its deliveries are not either way: the job is no longer in progress.
 * @returns its uid; undefined for an unknown order or one that is cancelled already
 */
export function cancel(state: ClaritumState, action: CancelAction): Ids {
  const order = state.findOrder(action.orderRef);
  if (order === undefined) return undefined;
  const isAsWished = isCancelled(order) && (!action.listed || !state.unlisted.has(order.uid));
  if (isAsWished) return undefined;
  restate(state, order, 'cancelled', action);
  if (action.listed) list(state, order);
  else state.unlisted.add(order.uid);
  return [order.uid];
}

/** The buyer gives an order a status, any word; it is listed again. @returns its uid; undefined for an unknown order */
export function setStatus(state: ClaritumState, action: StatusAction): Ids {
  const order = state.findOrder(action.orderRef);
  if (order === undefined) return undefined;
  restate(state, order, action.status, action);
  list(state, order);
  return [order.uid];
}

/** An order is gone from the list, unchanged. @returns its uid; undefined for an unknown order or one that is gone */
export function remove(state: ClaritumState, orderRef: string): Ids {
  const order = state.findOrder(orderRef);
  if (order === undefined || state.unlisted.has(order.uid)) return undefined;
  state.unlisted.add(order.uid);
  return [order.uid];
}

/** It is back as it went, marked if it was. @returns its uid; undefined for an unknown order or one that was not gone */
export function restore(state: ClaritumState, orderRef: string): Ids {
  const order = state.findOrder(orderRef);
  return order !== undefined && state.unlisted.delete(order.uid) ? [order.uid] : undefined;
}
