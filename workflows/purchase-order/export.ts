import { condition } from '@temporalio/workflow';
import { milliseconds } from '../../src/domain/values/duration';
import { versionOf } from '../../src/domain/case/news';
import { givenUp, isWithdrawn } from '../case/leaving';
import { tellOfAnother, reportAmendment } from './change';
import { WAS_WITHDRAWN } from './choices';
import type { Order } from './order';
import type { PendingAmendment } from './state';
import * as claritum from '../vendors/claritum';
import { mark, type Mark } from '../vendors/mark-exported';

const markOf = (order: Order): Mark<'order'> => ({
  kind: 'order',
  uid: order.state.order.uid,
  orderRef: order.state.order.orderRef,
  digest: order.state.version.digest,
  mayBeMarked: order.state.isExporting && !order.state.isExported,
  what: `purchase order ${order.state.order.orderRef}`,
  sending: (mayBeMarked) => {
    order.state.isExporting = mayBeMarked || order.state.isExported;
  },
});

/**
 * Marks the order in the version that was taken in. Where Claritum lists another version, that is taken in instead, and is
 * carried out before its mark.
 */
export async function acknowledgeOrder(order: Order): Promise<void> {
  const { state } = order;
  const isFirst = !state.isExported;
  for (;;) {
    const ended = await mark(order, markOf(order));
    if (ended.kind === 'changed') {
      // The poller may have told of it while the look was under way: then only its mark is still to come.
      state.isToBeMarked = versionOf(ended.record).digest === state.version.digest;
      return reportAmendment(order, ended.record);
    }
    if (ended.kind === 'another' && isFirst) return askAboutAnother(order, ended);
    if (ended.kind === 'another') tellOfAnother(order, ended);
    // Where this version was marked before, listed no longer is as it should be.
    if (ended.kind !== 'absent' || state.isRepeated === true || (await isGoneForGood(order))) break;
  }
  state.isToBeMarked = false;
  delete state.isRepeated;
  state.isExporting = true;
  state.isExported = true;
  if (isFirst) order.note(`purchase order ${state.order.orderRef} marked exported in Claritum`);
}

/** Reference and uid are of two orders: a record typed by hand, perhaps. The mark would take the other one off the list. */
async function askAboutAnother(
  order: Order,
  found: { readonly uid: string; readonly orderRef: string },
): Promise<never> {
  const { orderRef, uid } = order.state.order;
  await order.desk.ask({
    kind: 'mismatch',
    question: `This order was started as ${orderRef} with the uid ${uid}, but Claritum lists ${found.orderRef} with the uid ${found.uid}. They do not belong together, so nothing is marked: give it up.`,
    facts: [],
    choices: ['give up'],
  });
  throw givenUp(`mark ${orderRef}, whose uid is of another order`, 'a human');
}

/**
 * Before our mark, an order that stays away from the list was withdrawn, or marked by somebody else: only a human can know.
 * False where it has to be looked at again: it was away for too short a time, or it is to be marked all the same.
 */
async function isGoneForGood(order: Order): Promise<boolean> {
  const { orderRef, uid } = order.state.order;
  const { absentFor } = order.policy.claritum;
  order.waiting(`Claritum, which lists ${orderRef} no longer: looked at again after ${absentFor}`);
  await condition(() => order.interruption !== null, milliseconds(absentFor));
  order.checkpoint();
  const listed = await claritum.findPurchaseOrder(order, { orderRef, uid, fresh: true });
  order.waiting(null);
  if (listed?.uid === uid) return false;
  try {
    const { choice, by } = await order.desk.ask({
      kind: 'mismatch',
      question: `Claritum has not listed purchase order ${orderRef} for ${absentFor}, and Waybill has not marked ${order.state.isExported ? 'its last version' : 'it'}. Did the buyer withdraw it, or did somebody else mark it exported?`,
      facts: [{ label: 'uid', value: uid }],
      choices: [WAS_WITHDRAWN, 'marked by somebody else: go on', 'look again'],
    });
    if (choice === WAS_WITHDRAWN) throw givenUp(`fulfil ${orderRef}, which the buyer withdrew`, by);
    return choice !== 'look again';
  } catch (error) {
    if (!isWithdrawn(error) || order.interruption !== null) throw error;
    return false;
  }
}

/**
 * The buyer's version is about to be carried out where it cannot be taken back: it must still be listed. A newer one is
 * taken in instead.
 *
 * @throws ApplicationFailure `GivenUp` where it was withdrawn
 */
export async function isStillListed(order: Order, amendment: PendingAmendment): Promise<boolean> {
  const { orderRef, uid } = order.state.order;
  for (;;) {
    const listed = await claritum.findPurchaseOrder(order, { orderRef, uid, fresh: true });
    if (listed?.uid === uid) {
      reportAmendment(order, listed);
      return order.state.amendment === amendment;
    }
    if (await isGoneForGood(order)) return true;
  }
}

/**
 * Marks an order that was refused or cancelled, at the very end; one whose uid is of another order is listed instead. What
 * Claritum lists no longer needs no mark.
 *
 * @returns false where the buyer has changed it meanwhile, for which `takeIn` is called: it is not over yet.
 */
export async function acknowledgeUnfulfilled(order: Order, takeIn: TakeIn): Promise<boolean> {
  const { state } = order;
  for (;;) {
    const ended = await mark(order, markOf(order));
    switch (ended.kind) {
      case 'changed':
        if (!takeIn(ended.record)) return false;
        continue;
      case 'another':
        state.isToBeMarked = false;
        order.task(
          `Claritum: purchase order ${state.order.orderRef} was not marked, because its uid ${state.order.uid} is not its own there`,
        );
        return true;
      case 'absent':
        state.isToBeMarked = false;
        return true;
      default:
        state.isExported = true;
        state.isToBeMarked = false;
        order.note(`purchase order ${state.order.orderRef} marked exported in Claritum`);
        return true;
    }
  }
}

/** Takes in what the buyer wants of an order that is over; false where it begins anew with that. */
export type TakeIn = (record: Order['state']['order']) => boolean;
