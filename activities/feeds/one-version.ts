import { versionOf } from '../../src/domain/case/news';
import type { SetAside } from '../../src/domain/feed/set-aside';
import { listedDigest, type RecordKind } from '../../src/domain/feed/watermark';
import { compareInstants } from '../../src/domain/values/instant';

/**
 * A record that is listed more than once in one version counts once. In several versions, that of the latest time counts;
 * where no time tells, nobody can know which is meant, and the record is set aside.
 */
export function oneVersionARecord<R extends { readonly uid: string; readonly orderRef: string | null }>(
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
