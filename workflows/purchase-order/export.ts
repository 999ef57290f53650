import { condition } from '@temporalio/workflow';
import { milliseconds } from '../../src/domain/values/duration';
import { versionOf } from '../../src/domain/case/news';
import { givenUp, isWithdrawn } from '../case/leaving';
import { tellOfAnother, reportAmendment } from './change';
import type { Fulfilment } from './fulfilment';
import type { PendingAmendment } from './state';
import * as claritum from '../vendors/claritum';
import { mark, type Mark, type Marked } from '../vendors/mark-exported';
import { anothersUid, vanishedOrder } from '../../src/domain/purchase-order/questions';

const markOf = (fulfilment: Fulfilment): Mark<'order'> => ({
  kind: 'order',
  uid: fulfilment.state.order.uid,
  orderRef: fulfilment.state.order.orderRef,
  digest: fulfilment.state.version.digest,
  mayBeMarked: fulfilment.state.isExporting && !fulfilment.state.isExported,
  what: `purchase order ${fulfilment.state.order.orderRef}`,
  sending: (mayBeMarked) => {
    fulfilment.state.isExporting = mayBeMarked || fulfilment.state.isExported;
  },
});

/**
 * Marks the order in the version that was taken in. Where Claritum lists another version, that is taken in instead, and is
 * carried out before its mark.
 */
export async function acknowledgeOrder(fulfilment: Fulfilment): Promise<void> {
  const { state } = fulfilment;
  const isFirst = !state.isExported;
  let ended: Marked<'order'>;
  for (;;) {
    ended = await mark(fulfilment, markOf(fulfilment));
    if (ended.kind === 'changed') {
      // The feed may have told of it while the look was under way: then only its mark is still to come.
      state.isToBeMarked = versionOf(ended.record).digest === state.version.digest;
      return reportAmendment(fulfilment, ended.record);
    }
    if (ended.kind === 'another' && isFirst) return askAboutAnother(fulfilment, ended);
    if (ended.kind === 'another') tellOfAnother(fulfilment, ended);
    // If this version was marked before, it is right that Claritum no longer lists it.
    if (ended.kind !== 'absent' || state.isRepeated === true || (await confirmGone(fulfilment))) break;
  }
  state.isToBeMarked = false;
  delete state.isRepeated;
  state.isExporting = true;
  state.isExported = true;
  if (ended.kind === 'gone') state.isMarkAssumed = true;
  else delete state.isMarkAssumed;
  if (isFirst) fulfilment.note(`purchase order ${state.order.orderRef} marked exported in Claritum`);
}

/** Reference and uid are of two orders: a record typed by hand, perhaps. The mark would take the other one off the list. */
async function askAboutAnother(
  fulfilment: Fulfilment,
  found: { readonly uid: string; readonly orderRef: string },
): Promise<never> {
  const { orderRef, uid } = fulfilment.state.order;
  await fulfilment.desk.ask({
    of: anothersUid,
    values: { orderRef, uid, foundRef: found.orderRef, foundUid: found.uid },
    facts: [],
  });
  throw givenUp(`mark ${orderRef}, whose uid is of another order`, 'a human');
}

/**
 * Before our mark, an order that stays away from the list was withdrawn, or marked by somebody else: only a person can know.
 * False where it has to be looked at again: it was away for too short a time, or it is to be marked all the same.
 */
async function confirmGone(fulfilment: Fulfilment): Promise<boolean> {
  const { orderRef, uid } = fulfilment.state.order;
  const { absentFor } = fulfilment.policy.claritum;
  fulfilment.waiting(`Claritum, which lists ${orderRef} no longer: looked at again after ${absentFor}`);
  await condition(() => fulfilment.interruption !== null, milliseconds(absentFor));
  fulfilment.checkpoint();
  const listed = await claritum.findPurchaseOrder(fulfilment, { orderRef, uid, fresh: true });
  fulfilment.waiting(null);
  if (listed?.uid === uid) return false;
  try {
    const { choice, by } = await fulfilment.desk.ask({
      of: vanishedOrder,
      values: { orderRef, absentFor, what: fulfilment.state.isExported ? 'its last version' : 'it' },
      facts: [{ label: 'uid', value: uid }],
    });
    if (choice === 'withdrawn: undo it') throw givenUp(`fulfil ${orderRef}, which the buyer withdrew`, by);
    return choice !== 'look again';
  } catch (error) {
    if (!isWithdrawn(error) || fulfilment.interruption !== null) throw error;
    return false;
  }
}

/**
 * The buyer's version is about to be carried out where it cannot be taken back: it must still be listed. A newer one is
 * taken in instead.
 *
 * @throws ApplicationFailure `GivenUp` where it was withdrawn
 */
export async function isStillListed(fulfilment: Fulfilment, amendment: PendingAmendment): Promise<boolean> {
  const { orderRef, uid } = fulfilment.state.order;
  for (;;) {
    const listed = await claritum.findPurchaseOrder(fulfilment, { orderRef, uid, fresh: true });
    if (listed?.uid === uid) {
      reportAmendment(fulfilment, listed);
      return fulfilment.state.amendment === amendment;
    }
    if (await confirmGone(fulfilment)) return true;
  }
}

/**
 * The last look at the record, at the very end: marks an order that was refused or cancelled, and one whose mark was only
 * assumed. One whose uid is of another order is listed as a task instead. What Claritum lists no longer needs no mark.
 *
 * @returns false where the buyer has changed it meanwhile, for which `takeIn` is called: it is not over yet.
 */
export async function acknowledgeInTheEnd(fulfilment: Fulfilment, takeIn: TakeIn): Promise<boolean> {
  const { state } = fulfilment;
  for (;;) {
    const ended = await mark(fulfilment, markOf(fulfilment));
    switch (ended.kind) {
      case 'changed':
        if (!takeIn(ended.record)) return false;
        continue;
      case 'another':
        state.isToBeMarked = false;
        fulfilment.task(
          `Claritum: purchase order ${state.order.orderRef} was not marked, because its uid ${state.order.uid} is not its own there`,
        );
        return true;
      case 'absent':
        state.isToBeMarked = false;
        return true;
      default:
        state.isExported = true;
        state.isToBeMarked = false;
        fulfilment.note(`purchase order ${state.order.orderRef} marked exported in Claritum`);
        return true;
    }
  }
}

/** Takes in what the buyer wants of an order that is over; false where it begins anew with that. */
export type TakeIn = (record: Fulfilment['state']['order']) => boolean;
