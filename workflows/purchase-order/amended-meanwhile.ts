import { changesOf } from '../../src/domain/purchase-order/amendment';
import { orderMeaning } from '../../src/domain/purchase-order/status';
import type { Fulfilment } from './fulfilment';
import { awaitRelease } from './hold';

/**
 * Whether a call of a new sales order must not be retried: the order was put on hold, or amended while ManEx has nothing
 * of it or refuses it. If the header exists and a call only gets no answer, the call is sent and then amended, because a
 * withdrawn header stays in ManEx and uses up its number.
 */
export function isPlacedInVain(fulfilment: Fulfilment, wasRefused: boolean): boolean {
  const { state, policy, isAmending } = fulfilment;
  const { amendment, releasedStatus, soNo } = state;
  // An amendment sets values, and the next amendment sets them again.
  if (amendment === null || isAmending) return false;
  const { status } = amendment.order;
  const isHeld = orderMeaning(status, policy.claritum) !== 'go' && status !== releasedStatus;
  return isHeld || ((wasRefused || soNo === null) && isChanged(fulfilment));
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
    if (await awaitRelease(fulfilment, (state.amendment ?? state).order)) {
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
