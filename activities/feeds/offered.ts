import {
  listedDigest,
  type RecordKind,
  type RefusedRecord,
  seenUnder,
  type SeenRecord,
} from '../../src/domain/feed/watermark';
import { inTurns } from './in-turns';
import { type KnownOwners, lost, type ListedRecord } from './lost-owners';
import { RefusedByTemporal, type Taken } from './owners';

type Entry<T> = readonly [string, T];

export interface Offered {
  readonly taken: readonly Entry<SeenRecord>[];
  /** Taken by nobody in this content. */
  readonly refused: readonly Entry<RefusedRecord>[];
  /** Handed over before, to a workflow that Temporal ended. */
  readonly lost: readonly Entry<RefusedRecord>[];
  readonly started: number;
  /** How many owners were told. */
  readonly known: number;
}

interface Offer<R> {
  readonly kind: RecordKind;
  readonly records: readonly R[];
  readonly seen: Readonly<Record<string, SeenRecord>>;
  readonly refused: Readonly<Record<string, RefusedRecord>>;
  readonly owners: KnownOwners;
  /** When the list was asked for. */
  readonly readAt: Date;
  /** Whether also what was listed before with the same content is offered. */
  readonly isAnew: boolean;
  take(record: R, wasListed: boolean): Promise<Taken>;
}

type End = Taken | { readonly kind: 'unchanged' } | { readonly kind: 'lost'; readonly reason: string };

/** Offers records to their owners: what was listed with the same content by the look before is neither started nor told again. */
export async function offered<R extends ListedRecord>(offer: Offer<R>): Promise<Offered> {
  const { kind, records } = offer;
  const ends = await inTurns(records, async (record) => {
    const digest = listedDigest(record);
    return { record, digest, end: await endOf(offer, record, digest) };
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

async function endOf<R extends ListedRecord>(offer: Offer<R>, record: R, digest: string): Promise<End> {
  const { seen, owners, readAt, isAnew } = offer;
  const orderRef = record.orderRef ?? '';
  const before = seenUnder(seen, record.uid);
  const refusal = seenUnder(offer.refused, record.uid);
  const told = refusal?.digest === digest ? refusal.reason : undefined;
  if (before !== undefined && before.orderRef !== orderRef)
    return { kind: 'refused', reason: moved(before.orderRef, orderRef) };
  const isAsBefore = before?.digest === digest;
  // What was set aside because its workflow was ended is so when it has been away, too.
  if (before !== undefined && (isAsBefore || told !== undefined)) {
    const end = await lost(record, owners, told, readAt);
    if (end === undefined && isAsBefore && !isAnew) return { kind: 'unchanged' };
    if (end === undefined || end === 'free') return settled(offer.take(record, true));
    return isAsBefore ? { kind: 'lost', ...end } : { kind: 'refused', reason: told ?? end.reason };
  }
  if (told !== undefined && !isAnew) return { kind: 'refused', reason: told };
  return settled(offer.take(record, before !== undefined));
}

/** What Temporal does not let one owner be told holds up no other record. */
async function settled(take: Promise<Taken>): Promise<Taken> {
  try {
    return await take;
  } catch (error) {
    if (!(error instanceof RefusedByTemporal)) throw error;
    return { kind: 'refused', reason: error.message };
  }
}

/** One record is fulfilled, received or settled for one order only: under another reference it would be twice. */
const moved = (before: string, now: string): string =>
  `it was handed over under the reference '${before}' and names '${now}' now: nothing of it is taken over again; correct it in Claritum, or deal with it by hand`;
