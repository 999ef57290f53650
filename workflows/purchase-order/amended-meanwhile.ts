import { changesOf } from '../../src/domain/purchase-order/amendment';
import { orderMeaning } from '../../src/domain/purchase-order/status';
import type { Fulfilment } from './fulfilment';
import { isReleased } from './hold';

/** Whether what is being placed in ManEx is not what is wanted now: the order was amended meanwhile, or put on hold. */
export function isPlacedInVain(fulfilment: Fulfilment): boolean {
  const { state, policy, isAmending } = fulfilment;
  const { amendment, releasedStatus } = state;
  // What an amendment changes is set, and set anew by the next one.
  if (amendment === null || isAmending) return false;
  const { status } = amendment.order;
  const isHeld = orderMeaning(status, policy.claritum) !== 'go' && status !== releasedStatus;
  return isHeld || isChanged(fulfilment);
}

const isChanged = ({ state: { amendment, order: before } }: Fulfilment): boolean =>
  amendment !== null && changesOf(before, amendment.order).length > 0;

/**
 * Waits while the order is on hold. What stands in ManEx is looked for then before anything is sent.
 *
 * @returns false where the order was amended meanwhile
 * @throws ApplicationFailure `GivenUp`
 */
export async function isReleasedUnchanged(fulfilment: Fulfilment): Promise<boolean> {
  const { state } = fulfilment;
  while (!isChanged(fulfilment)) {
    if (await isReleased(fulfilment, (state.amendment ?? state).order)) {
      state.isAdopted = state.soNo !== null;
      return true;
    }
  }
  return false;
}

/** Nothing of it stands in ManEx any more but a withdrawn header, whose number is not used again. */
export function forgetSalesOrder({ state }: Fulfilment): void {
  if (state.soNo !== null) state.soNosWithdrawn = [...(state.soNosWithdrawn ?? []), state.soNo];
  state.soNo = null;
  state.uniqueLn = null;
  delete state.hasPrice;
  delete state.dueDatesAdded;
  state.isAdopted = false;
}
