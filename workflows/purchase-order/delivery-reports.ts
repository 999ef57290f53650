import { condition } from '@temporalio/workflow';
import { bounds } from '../../src/domain/values/bounds';
import { asQuantity, isZero } from '../../src/domain/values/decimal';
import { milliseconds } from '../../src/domain/values/duration';
import { versionOf } from '../../src/domain/case/news';
import type { DeliveryReport } from '../../src/domain/purchase-order/purchase-order';
import { deliveryMeaning } from '../../src/domain/purchase-order/status';
import type { Fulfilment } from './fulfilment';
import type { BookedDelivery, OrderState, ReportedDelivery } from './state';
import * as claritum from '../vendors/claritum';
import type { Decision } from '../../src/domain/case/decision';
import { isOf } from '../../src/domain/case/question';
import { missingInvoice, shortDelivery } from '../../src/domain/purchase-order/questions';

/**
 * Takes in a delivery as Claritum lists it. A report that repeats changes nothing. Changed content is handled again:
 * more is booked, less is put to a person. A report that is only listed again is only marked again.
 */
export function takeReport(fulfilment: Fulfilment, delivery: DeliveryReport): void {
  const { state } = fulfilment;
  const waiting = state.reported.find(({ uid }) => uid === delivery.uid);
  const booked = state.booked.find(({ uid }) => uid === delivery.uid);
  if (waiting !== undefined && digestOf(waiting) === digestOf(delivery)) return;
  if (waiting === undefined && booked?.digest === digestOf(delivery) && !booked.isMarked) return;
  const since = waiting?.since ?? new Date().toISOString();
  // What has not arrived says nothing, unless it was said to have arrived.
  const saysNothing = !hasArrived(fulfilment, delivery) && isZero(booked?.settled ?? '0');
  if (saysNothing && waiting === undefined) return;
  const isMore = waiting === undefined && booked === undefined;
  if (isMore && knownDeliveries(state) >= MOST_DELIVERIES) return listUntaken(fulfilment, delivery);
  const others = state.reported.filter(({ uid }) => uid !== delivery.uid);
  state.reported = saysNothing ? others : [...others, { ...delivery, since }];
  fulfilment.hasNews = true;
  // This report outdates the questions whether to wait longer for goods or for their invoice, and the questions about
  // this delivery.
  const isOvertaken = (open: Decision): boolean =>
    isOf(open, shortDelivery) || isOf(open, missingInvoice) || open.about === delivery.uid;
  fulfilment.desk.withdrawWhere(isOvertaken, 'claritum', `delivery ${delivery.deliveryRef} was reported`);
}

/** As many as an order may have, each in two parts. */
const MOST_DELIVERIES = 2 * bounds.lines;

const knownDeliveries = ({ reported, booked }: OrderState): number =>
  new Set([...reported, ...booked].map(({ uid }) => uid)).size;

/** More than the order can hold is for a person. */
const listUntaken = (fulfilment: Fulfilment, { uid, deliveryRef, quantity }: DeliveryReport): void =>
  fulfilment.task(
    `delivery ${deliveryRef} of ${asQuantity(quantity)} (${uid}) was not taken in: the order has as many deliveries as it can hold; book it by hand and mark it exported in Claritum`,
    `delivery-untaken:${uid}`,
  );

export const digestOf = (delivery: DeliveryReport | ReportedDelivery): string => {
  const { since: _, ...content } = { since: '', ...delivery };
  return versionOf(content).digest;
};

export const hasArrived = ({ policy }: Fulfilment, { status }: DeliveryReport): boolean =>
  deliveryMeaning(status, policy.claritum) === 'delivered';

/** What has arrived by this report: nothing, where its status does not say so. */
export const quantityOf = (fulfilment: Fulfilment, delivery: DeliveryReport): string =>
  hasArrived(fulfilment, delivery) ? asQuantity(delivery.quantity) : '0';

/** What is booked for a delivery so far. */
export const bookedOf = ({ state }: Fulfilment, uid: string): BookedDelivery =>
  state.booked.find((booked) => booked.uid === uid) ?? {
    uid,
    deliveryRef: '',
    digest: '',
    quantity: '0',
    settled: '0',
    receipts: 0,
    isMarked: false,
  };

export function remember({ state }: Fulfilment, booked: BookedDelivery): void {
  const index = state.booked.findIndex(({ uid }) => uid === booked.uid);
  state.booked = index < 0 ? [...state.booked, booked] : state.booked.with(index, booked);
}

/**
 * Whether Claritum still reports it like this. A report that waited, or says less than before, may be out of date: other
 * content is taken in instead, and one that stays away is dropped, with a task.
 */
export async function isStillReported(fulfilment: Fulfilment, delivery: ReportedDelivery): Promise<boolean> {
  const { uid, deliveryRef, quantity } = delivery;
  for (let wasAbsent = false; ; wasAbsent = true) {
    const latest = await claritum.findDelivery(fulfilment, { uid });
    if (latest !== null && digestOf(latest) === digestOf(delivery)) return true;
    if (latest !== null) {
      takeReport(fulfilment, latest);
      return false;
    }
    if (wasAbsent) break;
    // One absence proves nothing.
    fulfilment.waiting(`Claritum, which lists delivery ${deliveryRef} no longer: looked at again`);
    await condition(() => fulfilment.interruption !== null, milliseconds(fulfilment.policy.claritum.absentFor));
    fulfilment.waiting(null);
    fulfilment.checkpoint();
  }
  fulfilment.state.reported = fulfilment.state.reported.filter((report) => report.uid !== uid);
  fulfilment.task(
    `delivery ${deliveryRef} of ${asQuantity(quantity)} (${uid}) was reported and is listed no longer, unmarked: nothing more is booked for it; find out in Claritum what became of it`,
  );
  return false;
}
