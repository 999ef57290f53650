/** One invoice that no living order takes: a person decides → marked exported in Claritum, as it was decided about. */
import { allHandlersFinished, CancellationScope, condition } from '@temporalio/workflow';
import type { InvoiceProgress } from '../../src/domain/invoice/progress';
import type { SettleInvoiceInput } from './messages';
import { Settlement } from './settlement';

export async function settleInvoice(input: SettleInvoiceInput): Promise<InvoiceProgress> {
  const settlement = new Settlement(input);
  settlement.listen();
  // An invoice is settled or disputed, by a decision: nothing tears it apart in between.
  return CancellationScope.nonCancellable(async () => {
    settlement.enter(await settlement.settle());
    settlement.show();
    await condition(allHandlersFinished);
    return settlement.progress();
  });
}
