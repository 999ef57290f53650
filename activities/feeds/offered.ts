import type { SetAside } from '../../src/domain/feed/set-aside';
import {
  listedDigest,
  type RecordKind,
  type RefusedRecord,
  seenUnder,
  type SeenRecord,
} from '../../src/domain/feed/watermark';
import { inTurns } from './in-turns';
import type { Taken } from './owners';

type Entry<T> = readonly [string, T];

interface Listed {
  readonly uid: string;
  readonly orderRef: string | null;
}

export interface Offered {
  readonly taken: readonly Entry<SeenRecord>[];
  /** Taken by nobody in this content. */
  readonly refused: readonly Entry<RefusedRecord>[];
  /** Their workflow broke off, and is not started again by itself. */
  readonly orphaned: readonly SetAside[];
  readonly started: number;
  /** How many owners were told. */
  readonly known: number;
}

interface Offer<R> {
  readonly kind: RecordKind;
  readonly records: readonly R[];
  readonly seen: Readonly<Record<string, SeenRecord>>;
  readonly refused: Readonly<Record<string, RefusedRecord>>;
  /** Whether also what was listed before with the same content is offered. */
  readonly isAnew: boolean;
  /** Why the workflow of this record does not go on; undefined while it does, or has come to its own end. */
  brokenOff(record: R): string | undefined | Promise<string | undefined>;
  take(record: R, wasListed: boolean): Promise<Taken>;
}

type End = Taken | { readonly kind: 'unchanged' } | { readonly kind: 'orphaned'; readonly reason: string };

/**
 * Offers records to their owners: what was listed with the same content by the look before is neither started nor told again.
 * A record whose workflow broke off is not offered; once that workflow runs again (reset by a person), it is told what is listed then.
 */
export async function offered<R extends Listed>(offer: Offer<R>): Promise<Offered> {
  const { kind, records } = offer;
  const ends = await inTurns(records, async (record) => {
    const digest = listedDigest(record);
    return { record, digest, ended: await endOf(offer, record, digest) };
  });
  const taken: Entry<SeenRecord>[] = [];
  const refused: Entry<RefusedRecord>[] = [];
  const orphaned: SetAside[] = [];
  for (const { record, digest, ended } of ends) {
    const { uid } = record;
    const seen = (of: string): Entry<SeenRecord> => [uid, { orderRef: record.orderRef ?? '', digest: of }];
    if (ended.kind === 'refused') refused.push([uid, { kind, digest, reason: ended.reason }]);
    else if (ended.kind === 'orphaned') {
      orphaned.push({ kind, uid, reason: ended.reason });
      taken.push(seen(''));
    } else taken.push(seen(digest));
  }
  const count = (wanted: Taken['kind']): number => ends.filter(({ ended }) => ended.kind === wanted).length;
  return { taken, refused, orphaned, started: count('started'), known: count('known') };
}

async function endOf<R extends Listed>(offer: Offer<R>, record: R, digest: string): Promise<End> {
  const { isAnew } = offer;
  const orderRef = record.orderRef ?? '';
  const before = seenUnder(offer.seen, record.uid);
  if (before !== undefined && before.orderRef !== orderRef)
    return { kind: 'refused', reason: moved(before.orderRef, orderRef) };
  const brokenOff = await offer.brokenOff(record);
  if (brokenOff !== undefined) return { kind: 'orphaned', reason: brokenOff };
  if (before?.digest === digest && !isAnew) return { kind: 'unchanged' };
  const refusal = seenUnder(offer.refused, record.uid);
  if (refusal?.digest === digest && !isAnew) return { kind: 'refused', reason: refusal.reason };
  return offer.take(record, before !== undefined);
}

/** One record is fulfilled, received or settled for one order only: under another reference it would be twice. */
const moved = (before: string, now: string): string =>
  `it was handed over under the reference '${before}' and names '${now}' now: nothing of it is taken over again; correct it in Claritum, or deal with it by hand`;
