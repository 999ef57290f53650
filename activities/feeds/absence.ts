import type { ClaritumPolicy } from '../../src/domain/case/policy';
import { isMany } from '../../src/domain/feed/absence';
import type { AbsentOrder, ClaritumWatermark } from '../../src/domain/feed/watermark';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { milliseconds } from '../../src/domain/values/duration';
import type { RecordList } from '../../src/vendors/claritum/answer';
import { inTurns } from './in-turns';
import type { Owners } from './owners';

type Entry<T> = readonly [string, T];

/** What a look at absences needs. */
interface Absences {
  readonly owners: Owners;
  readonly policy: ClaritumPolicy;
  readonly watermark: ClaritumWatermark;
}

/**
 * Orders that were listed and are no longer. One absence proves nothing: it is noted, and only a later look that confirms it
 * tells the order, which then looks for itself. Many at once are one question to a person.
 */
export async function vanished(
  { records, unreadable: broken }: RecordList<PurchaseOrder>,
  { owners, policy, watermark }: Absences,
) {
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
  const concerned = await inTurns(suspects, async ([uid, { orderRef }]) => owners.isUnexported(orderRef, uid));
  const absent = suspects
    .filter((_, index) => concerned[index] === true)
    // The question is closed and the order still absent: the waiting time starts again.
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
  else await inTurns(due, ([, { orderRef }]) => owners.withdraw(orderRef));
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
