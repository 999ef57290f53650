import { contentDigest } from '../case/news';

/**
 * What a look at Claritum hands to the next one: what it listed and handed over, by uid. Of what is listed no longer the
 * reference is remembered with an empty digest, so that it is known when it comes back, in whatever form.
 */
export interface ClaritumWatermark {
  readonly orders: Readonly<Record<string, SeenRecord>>;
  readonly deliveries: Readonly<Record<string, SeenRecord>>;
  readonly invoices: Readonly<Record<string, SeenRecord>>;
  /** Orders that vanished from the list although we have not marked them, until that is confirmed or explained. */
  readonly absent: Readonly<Record<string, AbsentOrder>>;
  /** Taken by nobody in this very content, as long as it is listed and afterwards: it may come back. */
  readonly refused: Readonly<Record<string, RefusedRecord>>;
}

export interface SeenRecord {
  readonly orderRef: string;
  /** Of what was handed over; empty where it is listed no longer. */
  readonly digest: string;
  /** ISO instant of the first look that did not list it; absent while it is listed. */
  readonly goneSince?: string;
}

export interface AbsentOrder {
  readonly orderRef: string;
  /** ISO instant of the first list without it. */
  readonly since: string;
  /** Many vanished at once, and a person is asked about all of them. */
  readonly isAsked?: true;
}

export type RecordKind = 'purchase order' | 'delivery' | 'invoice';

export interface RefusedRecord {
  readonly kind: RecordKind;
  readonly digest: string;
  readonly reason: string;
}

export const nothingSeen: ClaritumWatermark = { orders: {}, deliveries: {}, invoices: {}, absent: {}, refused: {} };

/** What is known of a record; its uid may be the name of a member that every object has. */
export const seenUnder = <T>(records: Readonly<Record<string, T>>, uid: string): T | undefined =>
  Object.hasOwn(records, uid) ? records[uid] : undefined;

/** Of a record as it is listed, `lastModified` included: what is saved again without a change is offered again too. */
export const listedDigest = (record: object): string => contentDigest(record);

/** So many records of a kind are remembered, some 600 KB; what is not remembered is offered again, which changes nothing. */
export const MOST_REMEMBERED = 10_000;

/** The first ones, each uid once, so that a watermark has an end. */
export function remembered<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const first = new Map<string, T>();
  for (const [uid, value] of entries) {
    if (first.size < MOST_REMEMBERED && !first.has(uid)) first.set(uid, value);
  }
  return Object.fromEntries(first);
}
