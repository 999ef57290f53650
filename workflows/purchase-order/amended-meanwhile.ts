import type { ApplicationFailure } from '@temporalio/workflow';
import { changesOf } from '../../src/domain/purchase-order/amendment';
import { isLeaving, leaving } from '../case/leaving';
import type { Fulfilment } from './fulfilment';
import { isRefusal } from './sales-order-looks';

/**
 * What ManEx refused is not sent again as it was, where the order was amended meanwhile: the order begins anew as amended.
 *
 * @throws ApplicationFailure `AmendedMeanwhile` instead of the further try.
 */
export function unlessAmended<T>(fulfilment: Fulfilment, send: () => Promise<T>): () => Promise<T> {
  let isRefused = false;
  return async () => {
    const { amendment, order: before } = fulfilment.state;
    if (isRefused && amendment !== null && changesOf(before, amendment.order).length > 0) throw amendedMeanwhile();
    try {
      return await send();
    } catch (error) {
      isRefused = isRefusal(error);
      throw error;
    }
  };
}

const AMENDED_MEANWHILE = 'AmendedMeanwhile';

const amendedMeanwhile = (): ApplicationFailure => leaving(AMENDED_MEANWHILE, 'amended while a question was open');

export const isAmendedMeanwhile = (error: unknown): boolean => isLeaving(error, AMENDED_MEANWHILE);

/** Nothing of it stands in ManEx any more but a withdrawn header, whose number is not used again. */
export function forgetSalesOrder({ state }: Fulfilment): void {
  if (state.soNo !== null) state.soNosWithdrawn = [...(state.soNosWithdrawn ?? []), state.soNo];
  state.soNo = null;
  state.uniqueLn = null;
  delete state.hasPrice;
  delete state.dueDatesAdded;
  state.isAdopted = false;
}
