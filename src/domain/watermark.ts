import { contentDigest } from './news';

/** What a poll of Claritum hands to the next one: what it listed and handed over, by uid. */
export interface ClaritumWatermark {
  readonly orders: Readonly<Record<string, SeenOrder>>;
  /** uid → digest of what was handed over. */
  readonly deliveries: Readonly<Record<string, string>>;
  readonly invoices: Readonly<Record<string, string>>;
  /** Orders that vanished from the list although we have not marked them, until that is confirmed or explained. */
  readonly absent: Readonly<Record<string, AbsentOrder>>;
  /** Listed, and taken by nobody in this very content. */
  readonly refused: Readonly<Record<string, RefusedRecord>>;
}

/** A watermark as it travels from poll to poll: whole while it is small, else as the document that holds it. */
export type KeptWatermark = ClaritumWatermark | StoredWatermark;

export interface StoredWatermark {
  /** In the document store. */
  readonly ref: string;
  /** The one of the poll before, which the next poll removes. */
  readonly before?: string;
}

export interface SeenOrder {
  readonly orderRef: string;
  readonly digest: string;
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

/** Of a record as it is listed, `lastModified` included: what is saved again without a change is offered again too. */
export const listedDigest = (record: object): string => contentDigest(record);

/** So many records of a kind are remembered, some 600 KB; what is not remembered is offered again, which changes nothing. */
const MOST_REMEMBERED = 10_000;

/** The first ones, so that a poll's result stays below what Temporal takes. */
export const remembered = <T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> =>
  Object.fromEntries(entries.slice(0, MOST_REMEMBERED));
