import type { ClaritumPolicy, Policy } from '../../src/domain/case/policy';
import type { SetAside } from '../../src/domain/feed/set-aside';
import {
  type ClaritumWatermark,
  nothingSeen,
  type RecordKind,
  remembered,
  seenUnder,
  type SeenRecord,
} from '../../src/domain/feed/watermark';
import type { Invoice } from '../../src/domain/invoice/invoice';
import type { DeliveryReport, PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { deliveryMeaning } from '../../src/domain/purchase-order/status';
import type { ClaritumClient } from '../../src/vendors/claritum/client';
import type { RecordList } from '../../src/vendors/claritum/answer';
import { vanished } from './absence';
import type { HandedOver, HandOver, Source } from './feed';
import { offered } from './offered';
import { oneVersionARecord } from './one-version';
import type { Owners } from './owners';

/** The three lists of one look. */
export interface ClaritumLists {
  readonly orders: RecordList<PurchaseOrder>;
  readonly deliveries: RecordList<DeliveryReport>;
  readonly invoices: RecordList<Invoice>;
}

/** What a look at Claritum came to. */
export interface TakenOver extends HandedOver<ClaritumWatermark> {
  readonly counts: {
    readonly started: number;
    /** Listed and owned already, whether told or unchanged. */
    readonly known: number;
    readonly deliveries: number;
    readonly invoices: number;
  };
}

/** Orders, deliveries and invoices, each handed to the workflow that owns it. */
export const claritumSource = (
  claritum: ClaritumClient,
  owners: Owners,
  policy: Policy,
): Source<ClaritumLists, ClaritumWatermark> => ({
  every: policy.polling.claritum,
  nothingSeen,
  async fetch(options) {
    const [orders, deliveries, invoices] = await Promise.all([
      claritum.getPurchaseOrders({}, options),
      claritum.getDeliveries({}, options),
      claritum.getPurchaseInvoices({}, options),
    ]);
    return { orders, deliveries, invoices };
  },
  handOver: (lists, look) => takeOver(lists, look, owners, policy.claritum),
});

/**
 * Hands what is new to its owners (the one rule for news: `src/domain/case/news.ts`). What the last look listed with the same
 * content is neither started nor told again; what nobody takes is set aside, and offered again when its content changes.
 */
export async function takeOver(
  lists: ClaritumLists,
  { watermark, isAnew, readAt }: HandOver<ClaritumWatermark>,
  owners: Owners,
  policy: ClaritumPolicy,
): Promise<TakenOver> {
  const listedOrders = oneVersionARecord('purchase order', lists.orders.records);
  const listedInvoices = oneVersionARecord('invoice', lists.invoices.records);
  const listedDeliveries = oneVersionARecord('delivery', lists.deliveries.records);
  const { settled, unexplained } = arrived(listedDeliveries.records, policy, watermark);
  const listed = new Set(
    [...listedOrders.records, ...listedInvoices.records, ...listedDeliveries.records].map(({ uid }) => uid),
  );
  const look = { owners: await owners.known(), readAt, refused: watermark.refused, isAnew };
  const orders = await offered({
    ...look,
    kind: 'purchase order',
    records: listedOrders.records,
    seen: watermark.orders,
    take: (order, wasListed) => owners.takeOrder(order, wasListed),
  });
  const absent = await vanished(lists.orders, { owners, policy, watermark });
  const invoices = await offered({
    ...look,
    kind: 'invoice',
    records: listedInvoices.records,
    seen: watermark.invoices,
    take: (invoice, wasListed) => owners.takeInvoice(invoice, wasListed),
  });
  const deliveries = await offered({
    ...look,
    kind: 'delivery',
    records: settled,
    seen: watermark.deliveries,
    take: (delivery) => owners.takeDelivery(delivery),
  });
  const lostTheirs = [...orders.lost, ...invoices.lost, ...deliveries.lost];
  const refused = [...orders.refused, ...invoices.refused, ...lostTheirs];
  return {
    counts: {
      started: orders.started,
      known: listedOrders.records.length - orders.started - orders.refused.length - orders.lost.length,
      deliveries: deliveries.known,
      invoices: invoices.started,
    },
    setAside: [
      ...unreadable('purchase order', lists.orders),
      ...unreadable('delivery', lists.deliveries),
      ...unreadable('invoice', lists.invoices),
      ...[...listedOrders.doubled, ...listedInvoices.doubled, ...listedDeliveries.doubled],
      ...unexplained,
      ...[...refused, ...deliveries.refused].map(([uid, { kind, reason }]) => ({ kind, uid, reason })),
    ],
    watermark: {
      orders: remembered([...orders.taken, ...absent.unjudged, ...gone(watermark.orders, readAt)]),
      deliveries: remembered([...deliveries.taken, ...gone(watermark.deliveries, readAt)]),
      invoices: remembered([...invoices.taken, ...gone(watermark.invoices, readAt)]),
      absent: remembered(absent.absent),
      refused: remembered([...refused, ...Object.entries(watermark.refused).filter(([uid]) => !listed.has(uid))]),
    },
  };
}

/**
 * What was handed over and is not listed now, what left last first; entries of what is listed stand before them, and count. An
 * object has uids that are whole numbers in their own order, so that its order says nothing.
 */
const gone = (seen: Readonly<Record<string, SeenRecord>>, readAt: Date): (readonly [string, SeenRecord])[] =>
  Object.entries(seen)
    .map(([uid, { orderRef, goneSince = readAt.toISOString() }]) => [uid, { orderRef, digest: '', goneSince }] as const)
    .toSorted(([, left], [, right]) => (left.goneSince < right.goneSince ? 1 : -1));

/** What has arrived, and what was said to have and is now said to be otherwise; a word nobody has explained is shown. */
function arrived(records: readonly DeliveryReport[], policy: ClaritumPolicy, watermark: ClaritumWatermark) {
  const settled: DeliveryReport[] = [];
  const unexplained: SetAside[] = [];
  for (const delivery of records) {
    const { uid, status } = delivery;
    const meaning = deliveryMeaning(status, policy);
    if (meaning === 'delivered' || seenUnder(watermark.deliveries, uid) !== undefined) settled.push(delivery);
    if (meaning === null)
      unexplained.push({
        kind: 'delivery',
        uid,
        reason: `its status '${status.slice(0, 50)}' is explained nowhere: name it under claritum.deliveryStatuses in the policy`,
      });
  }
  return { settled, unexplained };
}

const unreadable = (kind: RecordKind, list: RecordList<unknown>): SetAside[] =>
  list.unreadable.map(({ uid, reason }) => ({ kind, uid, reason }));
