/**
 * One invoice: claimed from its order, which owns the ledger → three-way match → a human where it does not match →
 * marked exported in Claritum, as it was matched.
 */
import { allHandlersFinished, CancellationScope, condition } from '@temporalio/workflow';
import type { Invoice } from '../../src/domain/invoice/invoice';
import type { OrderPolicy } from '../../src/domain/case/policy';
import type { InvoiceProgress } from '../../src/domain/invoice/progress';
import { settle } from './marking';
import { Settlement } from './settlement';

export interface SettleInvoiceInput {
  readonly invoice: Invoice;
  readonly policy: OrderPolicy;
}

export type SettleInvoiceResult = InvoiceProgress;

export async function settleInvoice({ invoice, policy }: SettleInvoiceInput): Promise<SettleInvoiceResult> {
  const settlement = new Settlement(invoice, policy);
  settlement.listen();
  // An invoice is settled or disputed, by a decision; torn apart in between, it would hold its goods for ever.
  return CancellationScope.nonCancellable(async () => {
    const outcome = await settle(settlement);
    await settlement.tellOrder(outcome);
    settlement.enter(outcome);
    await condition(allHandlersFinished);
    return settlement.progress();
  });
}
