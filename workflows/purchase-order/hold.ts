import { condition } from '@temporalio/workflow';
import { isPositive } from '../../src/domain/values/decimal';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { totals } from '../../src/domain/purchase-order/quantity';
import { orderMeaning } from '../../src/domain/purchase-order/status';
import { GIVE_UP, givenUp, isWithdrawn } from '../case/leaving';
import { BUYER, requestCancellation } from './change';
import { RELEASE } from './choices';
import type { Fulfilment } from './fulfilment';
import { unexplainedStatus } from '../../src/domain/purchase-order/questions';

const HOLD = 'wait until it changes' as const;

/**
 * Whether the status of this version says that the order is to be fulfilled; waits, or asks, where it says something else.
 *
 * @returns false where the buyer has changed the order meanwhile: then that version counts
 * @throws ApplicationFailure `GivenUp`
 */
export async function awaitRelease(fulfilment: Fulfilment, { status, orderRef }: PurchaseOrder): Promise<boolean> {
  const { state } = fulfilment;
  const { amendment } = state;
  const isOvertaken = (): boolean => state.amendment !== amendment || fulfilment.interruption !== null;
  const meaning = orderMeaning(status, fulfilment.policy.claritum);
  // A hold that was lifted and set again is a new hold.
  if (meaning === 'go') delete state.releasedStatus;
  if (meaning === 'go' || state.releasedStatus === status) return true;
  if (meaning === 'cancelled') {
    requestCancellation(fulfilment, BUYER, `its status in Claritum is '${status}'`);
    fulfilment.checkpoint();
    return true;
  }
  const hasLeft = (): boolean => isPositive(totals(state.ledger).despatched);
  if (meaning === 'ask' && !hasLeft()) {
    if (await isToBeFulfilled(fulfilment, status)) {
      state.releasedStatus = status;
      return true;
    }
    if (isOvertaken()) {
      fulfilment.checkpoint();
      return false;
    }
  }
  if (hasLeft() || (state.isPlaced === true && state.warehouseOrders.length > 0)) {
    // Waiting here would miss what the warehouse does meanwhile.
    state.releasedStatus = status;
    fulfilment.task(
      `Claritum says '${status}' of purchase order ${orderRef}, which is in the warehouse already (${totals(state.ledger).despatched} have left): have the rest held there by hand, or agree with the buyer`,
    );
    return true;
  }
  fulfilment.waiting(`the buyer to change the status '${status}' in Claritum: the order is on hold`);
  fulfilment.enter(state.stage, 'buyer');
  await condition(isOvertaken);
  fulfilment.waiting(null);
  fulfilment.enter(state.stage);
  fulfilment.checkpoint();
  return false;
}

/** False where it waits, or where the buyer changed the order while it was asked. */
async function isToBeFulfilled(fulfilment: Fulfilment, status: string): Promise<boolean> {
  const { orderRef } = fulfilment.state.order;
  try {
    const { choice, by } = await fulfilment.desk.ask({
      of: unexplainedStatus,
      values: { orderRef, status },
      facts: [{ label: 'status', value: status }],
      choices: [RELEASE, HOLD, ...(fulfilment.mayGiveUp ? [GIVE_UP] : [])],
    });
    if (choice === GIVE_UP) throw givenUp(`fulfil ${orderRef}, whose status is '${status}'`, by);
    return choice === RELEASE;
  } catch (error) {
    if (isWithdrawn(error) && fulfilment.interruption === null) return false;
    throw error;
  }
}
