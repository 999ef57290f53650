import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ChangeReceipt } from '../case/messages';
import type { AwaitedProgress, Progress } from '../../src/domain/purchase-order/progress';
import type { DeliveryReport, PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';

export interface AmendRequest {
  /** The whole order as it is to be. */
  readonly order: PurchaseOrder;
  readonly by?: string;
}

/** Changes quantities, dates or the price of a running order, never below what has been despatched. */
export const amendUpdate = defineUpdate<ChangeReceipt, [AmendRequest]>('amend');
/** The order as the feed sees it again, with other content: the buyer amended it. */
export const orderReportedSignal = defineSignal<[{ readonly order: PurchaseOrder }]>('orderReported');
/** Claritum has not listed the order for a while although it was not marked exported; the order looks for itself. */
export const orderWithdrawnSignal = defineSignal('orderWithdrawn');

/** Something has changed in the warehouse that may be the order's: it looks for itself, at once. */
export const warehouseChangedSignal = defineSignal('warehouseChanged');
/** A delivery of this order as the feed saw it. */
export const deliveryReportedSignal = defineSignal<[{ readonly delivery: DeliveryReport }]>('deliveryReported');

export const progressQuery = defineQuery<Progress>('progress');
/** The same query while only the reference of an order is known, because it was cancelled before it came. */
export const awaitedProgressQuery = defineQuery<AwaitedProgress>('progress');
/**
 * The order as it stands, with the amendment that still waits for its turn: what the next amendment is built on, so that
 * it does not take the one before back.
 */
export const orderQuery = defineQuery<PurchaseOrder>('order');
/** The same query while only the reference is known. */
export const awaitedOrderQuery = defineQuery<null>('order');
