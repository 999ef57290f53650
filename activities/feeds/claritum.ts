import { isMany } from '../../src/domain/feed/absence';
import { milliseconds } from '../../src/domain/values/duration';
import { compareInstants } from '../../src/domain/values/instant';
import type { Invoice } from '../../src/domain/invoice/invoice';
import { versionOf } from '../../src/domain/case/news';
import type { ClaritumPolicy } from '../../src/domain/case/policy';
import type { DeliveryReport, PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import type { SetAside } from '../../src/domain/feed/set-aside';
import { deliveryMeaning } from '../../src/domain/purchase-order/status';
import {
  type AbsentOrder,
  type ClaritumWatermark,
  seenUnder,
  listedDigest,
  type RecordKind,
  type RefusedRecord,
  remembered,
  type SeenRecord,
} from '../../src/domain/feed/watermark';
import type { RecordList } from '../../src/vendors/claritum/answer';
import { lost, type ListedRecord, type OwnersEnds } from './lost-owners';
import type { Owners, Taken } from './owners';

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

/** A look with what is known of the owners of what it lists. */
type Look = TakeOver & { readonly ends: OwnersEnds };

/**
 * Hands what is new to its owners (the one rule for news: `src/domain/case/news.ts`). What the last look listed with the same
 * content is neither started nor told again; what nobody takes is set aside, and offered again when its content changes.
 */
export async function takeOver(lists: ClaritumLists, asked: TakeOver): Promise<TakenOver> {
  const { watermark, policy, owners } = asked;
  const look: Look = { ...asked, ends: await owners.ends() };
  const listedOrders = oneVersionARecord('purchase order', lists.orders.records);
  const orders = await offered('purchase order', listedOrders.records, look, watermark.orders, (order, wasListed) =>
    owners.takeOrder(order, wasListed),
  );
  const absent = await vanished(lists.orders, look);
  const listedInvoices = oneVersionARecord('invoice', lists.invoices.records);
  const invoices = await offered('invoice', listedInvoices.records, look, watermark.invoices, (invoice, wasListed) =>
    owners.takeInvoice(invoice, wasListed),
  );
  const listedDeliveries = oneVersionARecord('delivery', lists.deliveries.records);
  const { settled, unexplained } = arrived(listedDeliveries.records, policy, watermark);
  const deliveries = await offered('delivery', settled, look, watermark.deliveries, (delivery) =>
    owners.takeDelivery(delivery),
  );
  const lostTheirs = [...orders.lost, ...invoices.lost, ...deliveries.lost];
  const refused = [...orders.refused, ...invoices.refused, ...lostTheirs];
  return {
    started: orders.started,
    known: listedOrders.records.length - orders.started - orders.refused.length - orders.lost.length,
    deliveries: deliveries.known,
    invoices: invoices.started,
    setAside: [
      ...unreadable('purchase order', lists.orders),
      ...unreadable('delivery', lists.deliveries),
      ...unreadable('invoice', lists.invoices),
      ...[...listedOrders.doubled, ...listedInvoices.doubled, ...listedDeliveries.doubled],
      ...unexplained,
      ...[...refused, ...deliveries.refused].map(([uid, { kind, reason }]) => ({ kind, uid, reason })),
    ],
    watermark: {
      orders: remembered([...orders.taken, ...absent.unjudged, ...gone(watermark.orders)]),
      deliveries: remembered([...deliveries.taken, ...gone(watermark.deliveries)]),
      invoices: remembered([...invoices.taken, ...gone(watermark.invoices)]),
      absent: remembered(absent.absent),
      // A delivery finds its order later, perhaps: it is offered again every time.
      refused: remembered(refused),
    },
  };
}

/** What was handed over and is not listed now; entries of what is listed stand before them, and count. */
const gone = (seen: Readonly<Record<string, SeenRecord>>): Entry<SeenRecord>[] =>
  Object.entries(seen).map(([uid, { orderRef }]) => [uid, { orderRef, digest: '' }]);

interface Offered {
  readonly taken: readonly Entry<SeenRecord>[];
  readonly refused: readonly Entry<RefusedRecord>[];
  /** Handed over before, to a workflow that Temporal ended. */
  readonly lost: readonly Entry<RefusedRecord>[];
  readonly started: number;
  /** How many owners were told. */
  readonly known: number;
}

async function offered<R extends ListedRecord>(
  kind: RecordKind,
  records: readonly R[],
  { watermark, beat, ends: ownersEnds }: Look,
  seen: Readonly<Record<string, SeenRecord>>,
  take: (record: R, wasListed: boolean) => Promise<Taken>,
): Promise<Offered> {
  const ends = await inTurns(records, beat, async (record) => {
    const digest = listedDigest(record);
    const orderRef = record.orderRef ?? '';
    const before = seenUnder(seen, record.uid);
    const refusal = seenUnder(watermark.refused, record.uid);
    const told = refusal?.digest === digest ? refusal.reason : undefined;
    if (before?.digest === digest) {
      const end = await lost(record, ownersEnds, told);
      if (end === undefined) return { record, digest, end: { kind: 'unchanged' } as const };
      return { record, digest, end: end === 'free' ? await take(record, true) : ({ kind: 'lost', ...end } as const) };
    }
    if (before !== undefined && before.orderRef !== orderRef)
      return { record, digest, end: { kind: 'refused', reason: moved(before.orderRef, orderRef) } as const };
    if (told !== undefined) return { record, digest, end: { kind: 'refused', reason: told } as const };
    return { record, digest, end: await take(record, before !== undefined) };
  });
  const taken: Entry<SeenRecord>[] = [];
  const refused: Entry<RefusedRecord>[] = [];
  const lostTheirs: Entry<RefusedRecord>[] = [];
  for (const { record, digest, end } of ends) {
    if (end.kind === 'refused') refused.push([record.uid, { kind, digest, reason: end.reason }]);
    else taken.push([record.uid, { orderRef: record.orderRef ?? '', digest }]);
    if (end.kind === 'lost') lostTheirs.push([record.uid, { kind, digest, reason: end.reason }]);
  }
  const count = (wanted: Taken['kind']): number => ends.filter(({ end }) => end.kind === wanted).length;
  return { taken, refused, lost: lostTheirs, started: count('started'), known: count('known') };
}

/** One record is fulfilled, received or settled for one order only: under another reference it would be twice. */
const moved = (before: string, now: string): string =>
  `it was handed over under the reference '${before}' and names '${now}' now: nothing of it is taken over again; correct it in Claritum, or deal with it by hand`;

/**
 * A record that is listed more than once in one version counts once. In several versions, that of the latest time counts;
 * where no time tells, nobody can know which is meant, and the record is set aside.
 */
function oneVersionARecord<R extends { readonly uid: string; readonly orderRef: string | null }>(
  kind: RecordKind,
  records: readonly R[],
): { readonly records: readonly R[]; readonly doubled: readonly SetAside[] } {
  const versions = new Map<string, R[]>();
  for (const record of records) {
    const known = versions.get(record.uid) ?? [];
    if (!known.some((other) => listedDigest(other) === listedDigest(record)))
      versions.set(record.uid, [...known, record]);
  }
  const single: R[] = [];
  const doubled: SetAside[] = [];
  for (const [uid, several] of versions) {
    const latest = latestOf(several);
    if (latest !== undefined) single.push(latest);
    else
      doubled.push({
        kind,
        uid,
        reason: `it is listed ${several.length} times with other content each time, and no time says which is the latest: correct it in Claritum`,
      });
  }
  return { records: single, doubled };
}

/** The one of the latest time, all of them for one order; undefined where that is not one. */
function latestOf<R extends { readonly orderRef: string | null }>(several: readonly R[]): R | undefined {
  const [first, ...others] = several;
  if (first === undefined || others.length === 0) return first;
  if (others.some(({ orderRef }) => orderRef !== first.orderRef)) return undefined;
  const timed = several.flatMap((record) => {
    const { modifiedAt } = versionOf(record);
    return modifiedAt === null ? [] : [{ record, modifiedAt }];
  });
  const [latest, second] = timed.toSorted((left, right) => compareInstants(right.modifiedAt, left.modifiedAt));
  if (latest === undefined || timed.length < several.length) return undefined;
  return second === undefined || compareInstants(latest.modifiedAt, second.modifiedAt) > 0 ? latest.record : undefined;
}

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

type Entry<T> = readonly [string, T];

/**
 * Orders that were listed and are no longer. One absence proves nothing: it is noted, and only a later look that confirms it
 * tells the order, which then looks for itself. Many at once are one question to a person.
 */
async function vanished({ records, unreadable: broken }: RecordList<PurchaseOrder>, look: TakeOver) {
  const { owners, policy, watermark, beat } = look;
  const listed = new Set(records.map(({ uid }) => uid));
  const back = Object.entries(watermark.absent).filter(([uid, { isAsked }]) => isAsked === true && listed.has(uid));
  const missing = Object.entries(watermark.orders).filter(([uid, { digest }]) => digest !== '' && !listed.has(uid));
  const absentBefore = Object.entries(watermark.absent).filter(([uid]) => !listed.has(uid));
  // A record that cannot be read has not vanished; one without a readable uid may be any of them.
  const brokenUids = new Set(broken.map(({ uid }) => uid));
  const isBroken = (uid: string): boolean => brokenUids.has(null) || brokenUids.has(uid);
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
  // Read once: an order that falls due while others are told of their absence waits for the next look.
  const at = Date.now();
  const due = absent.filter(
    ([, { since, isAsked }]) => isAsked !== true && at - Date.parse(since) >= patience && since !== now,
  );
  const all = listed.size + absent.length;
  const areMany = due.length > 0 && isMany(absent.length, all, policy.manyAbsent);
  if (areMany)
    await owners.askAboutWithdrawals(
      due.map(([, { orderRef }]) => orderRef),
      all,
    );
  else await inTurns(due, beat, ([, { orderRef }]) => owners.withdraw(orderRef));
  const dueUids = new Set(due.map(([uid]) => uid));
  const still = absent.flatMap(([uid, order]): Entry<AbsentOrder>[] => {
    if (!dueUids.has(uid)) return [[uid, order]];
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
