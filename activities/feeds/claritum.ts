import { isMany } from '../../src/domain/absence';
import { milliseconds } from '../../src/domain/duration';
import type { Invoice } from '../../src/domain/invoice';
import type { ClaritumPolicy } from '../../src/domain/policy';
import type { DeliveryReport, PurchaseOrder } from '../../src/domain/purchase-order';
import type { SetAside } from '../../src/domain/set-aside';
import { deliveryMeaning } from '../../src/domain/status';
import {
  type AbsentOrder,
  type ClaritumWatermark,
  listedDigest,
  type RecordKind,
  type RefusedRecord,
  remembered,
} from '../../src/domain/watermark';
import type { RecordList } from '../../src/vendors/claritum/records';
import { anotherRecord, type Owners, type Taken } from './owners';

/** The three lists of one look. */
export interface ClaritumLists {
  readonly orders: RecordList<PurchaseOrder>;
  readonly deliveries: RecordList<DeliveryReport>;
  readonly invoices: RecordList<Invoice>;
}

/** What a look at Claritum came to. */
export interface TakenOver {
  readonly started: number;
  readonly known: number;
  readonly deliveries: number;
  readonly invoices: number;
  readonly setAside: readonly SetAside[];
  readonly watermark: ClaritumWatermark;
}

export interface TakeOver {
  readonly owners: Owners;
  readonly policy: ClaritumPolicy;
  readonly watermark: ClaritumWatermark;
  /** Called after each handful. */
  readonly beat: (done: string) => void;
}

/**
 * Hands what is new to its owners (the one rule for news: `src/domain/news.ts`). What the last look listed with the same
 * content is neither started nor told again; what nobody takes is set aside, and offered again when its content changes.
 */
export async function takeOver(lists: ClaritumLists, look: TakeOver): Promise<TakenOver> {
  const { watermark, policy, owners } = look;
  const { unique, doubled } = oneRecordAReference(lists.orders.records, watermark);
  const orders = await offered('purchase order', unique, look, digestsOf(watermark), (order, wasListed) =>
    owners.takeOrder(order, wasListed),
  );
  const absent = await vanished(lists.orders, look);
  const invoices = await offered('invoice', latest(lists.invoices.records), look, watermark.invoices, (invoice, was) =>
    owners.takeInvoice(invoice, was),
  );
  const { settled, unexplained } = arrived(latest(lists.deliveries.records), policy, watermark);
  const deliveries = await offered('delivery', settled, look, watermark.deliveries, (delivery) =>
    owners.takeDelivery(delivery),
  );
  const refused = [...orders.refused, ...invoices.refused];
  return {
    started: orders.started,
    known: unique.length - orders.started - orders.refused.length,
    deliveries: deliveries.known,
    invoices: invoices.started,
    setAside: [
      ...unreadable('purchase order', lists.orders),
      ...unreadable('delivery', lists.deliveries),
      ...unreadable('invoice', lists.invoices),
      ...doubled,
      ...unexplained,
      ...[...refused, ...deliveries.refused].map(([uid, { kind, reason }]) => ({ kind, uid, reason })),
    ],
    watermark: {
      orders: remembered([
        ...orders.taken.map(([{ uid, orderRef }, digest]) => [uid, { orderRef, digest }] as const),
        ...absent.unjudged,
      ]),
      deliveries: remembered(deliveries.taken.map(([{ uid }, digest]) => [uid, digest] as const)),
      invoices: remembered(invoices.taken.map(([{ uid }, digest]) => [uid, digest] as const)),
      absent: remembered(absent.absent),
      // A delivery finds its order later, perhaps: it is offered again every time.
      refused: remembered(refused),
    },
  };
}

interface Offered<R> {
  readonly taken: readonly (readonly [R, string])[];
  readonly refused: readonly (readonly [string, RefusedRecord])[];
  readonly started: number;
  /** How many owners were told. */
  readonly known: number;
}

async function offered<R extends { readonly uid: string }>(
  kind: RecordKind,
  records: readonly R[],
  { watermark, beat }: TakeOver,
  seen: Readonly<Record<string, string>>,
  take: (record: R, wasListed: boolean) => Promise<Taken>,
): Promise<Offered<R>> {
  const ends = await inTurns(records, beat, async (record) => {
    const digest = listedDigest(record);
    const before = seen[record.uid];
    if (before === digest) return { record, digest, ended: 'unchanged' as const };
    const refusal = watermark.refused[record.uid];
    if (refusal?.digest === digest)
      return { record, digest, ended: { kind: 'refused', reason: refusal.reason } as const };
    return { record, digest, ended: await take(record, before !== undefined) };
  });
  const taken: (readonly [R, string])[] = [];
  const refused: (readonly [string, RefusedRecord])[] = [];
  for (const { record, digest, ended } of ends) {
    if (ended !== 'unchanged' && ended.kind === 'refused')
      refused.push([record.uid, { kind, digest, reason: ended.reason }]);
    else taken.push([record, digest]);
  }
  const count = (wanted: Taken['kind']): number =>
    ends.filter(({ ended }) => ended !== 'unchanged' && ended.kind === wanted).length;
  return { taken, refused, started: count('started'), known: count('known') };
}

const digestsOf = ({ orders }: ClaritumWatermark): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(orders).map(([uid, { digest }]) => [uid, digest]));

/** A record that is listed more than once counts as it stands last: that was written last. */
const latest = <R extends { readonly uid: string }>(records: readonly R[]): readonly R[] => [
  ...new Map(records.map((record) => [record.uid, record])).values(),
];

/** The reference is the lock, and a lock has one owner: the record that was handed over, else the first one. */
function oneRecordAReference(records: readonly PurchaseOrder[], { orders }: ClaritumWatermark) {
  const owners = new Map<string, PurchaseOrder>();
  for (const order of latest(records)) {
    const known = owners.get(order.orderRef);
    if (known === undefined || (orders[known.uid] === undefined && orders[order.uid] !== undefined))
      owners.set(order.orderRef, order);
  }
  const doubled = latest(records).flatMap(({ uid, orderRef }): SetAside[] => {
    const owner = owners.get(orderRef)?.uid ?? uid;
    return owner === uid ? [] : [{ kind: 'purchase order', uid, reason: anotherRecord(orderRef, owner) }];
  });
  return { unique: [...owners.values()], doubled };
}

/** What has arrived, and what was said to have and is now said to be otherwise; a word nobody has explained is shown. */
function arrived(records: readonly DeliveryReport[], policy: ClaritumPolicy, watermark: ClaritumWatermark) {
  const settled: DeliveryReport[] = [];
  const unexplained: SetAside[] = [];
  for (const delivery of records) {
    const { uid, status } = delivery;
    const meaning = deliveryMeaning(status, policy);
    if (meaning === 'delivered' || watermark.deliveries[uid] !== undefined) settled.push(delivery);
    if (meaning === null)
      unexplained.push({
        kind: 'delivery',
        uid,
        reason: `its status '${status.slice(0, 50)}' is explained nowhere: name it under claritum.deliveryStatuses in the policy`,
      });
  }
  return { settled, unexplained };
}

type Entry<T> = readonly [string, T];

/**
 * Orders that were listed and are no longer. One absence proves nothing: it is noted, and only a later look that confirms it
 * tells the order, which then looks for itself. Many at once are one question to a person.
 */
async function vanished({ records, unreadable: broken }: RecordList<PurchaseOrder>, look: TakeOver) {
  const { owners, policy, watermark, beat } = look;
  const listed = new Set(records.map(({ uid }) => uid));
  const back = Object.entries(watermark.absent).filter(([uid, { isAsked }]) => isAsked === true && listed.has(uid));
  const missing = Object.entries(watermark.orders).filter(([uid]) => !listed.has(uid));
  const absentBefore = Object.entries(watermark.absent).filter(([uid]) => !listed.has(uid));
  // A record that cannot be read has not vanished; one without a readable uid may be any of them.
  const mayBeBroken = broken.some(({ uid }) => uid === null);
  const isBroken = (uid: string): boolean => mayBeBroken || broken.some((record) => record.uid === uid);
  const now = new Date().toISOString();
  const suspects: Entry<AbsentOrder>[] = [
    ...absentBefore,
    ...missing.map(([uid, { orderRef }]): Entry<AbsentOrder> => [uid, { orderRef, since: now }]),
  ].filter(([uid]) => !isBroken(uid));
  const isAsking = suspects.some(([, { isAsked }]) => isAsked) && (await owners.isAskingAboutWithdrawals());
  const concerned = await inTurns(suspects, beat, async ([uid, { orderRef }]) => owners.isUnexported(orderRef, uid));
  const absent = suspects
    .filter((_, index) => concerned[index] === true)
    // Nobody is asked any more, and it is still away: the patience begins anew.
    .map(([uid, order]): Entry<AbsentOrder> =>
      order.isAsked === true && !isAsking ? [uid, { orderRef: order.orderRef, since: now }] : [uid, order],
    );
  const explained = suspects.filter(([, { isAsked }], index) => isAsked === true && concerned[index] !== true);
  if (back.length + explained.length > 0)
    await owners.withdrawalsExplained([...back, ...explained].map(([, { orderRef }]) => orderRef));

  const patience = milliseconds(policy.absentFor);
  const isDue = ({ since, isAsked }: AbsentOrder): boolean =>
    isAsked !== true && Date.now() - Date.parse(since) >= patience && since !== now;
  const due = absent.filter(([, order]) => isDue(order));
  const all = listed.size + absent.length;
  const areMany = due.length > 0 && isMany(absent.length, all, policy.manyAbsent);
  if (areMany)
    await owners.askAboutWithdrawals(
      due.map(([, { orderRef }]) => orderRef),
      all,
    );
  else await inTurns(due, beat, ([, { orderRef }]) => owners.withdraw(orderRef));
  const still = absent.flatMap(([uid, order]): Entry<AbsentOrder>[] => {
    if (!isDue(order)) return [[uid, order]];
    return areMany ? [[uid, { ...order, isAsked: true }]] : [];
  });
  return {
    absent: [...still, ...absentBefore.filter(([uid]) => isBroken(uid))],
    /** Cannot be told from this list: as the one before said. */
    unjudged: missing.filter(([uid]) => isBroken(uid)),
  };
}

const unreadable = (kind: RecordKind, list: RecordList<unknown>): SetAside[] =>
  list.unreadable.map(({ uid, reason }) => ({ kind, uid, reason }));

const AT_ONCE = 16;

/** A few at a time, in order, with a heartbeat after each handful. */
async function inTurns<T, R>(
  records: readonly T[],
  beat: (done: string) => void,
  work: (record: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < records.length; from += AT_ONCE) {
    results.push(...(await Promise.all(records.slice(from, from + AT_ONCE).map(work))));
    beat(`${results.length} of ${records.length}`);
  }
  return results;
}
