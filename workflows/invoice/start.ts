import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { taskQueues } from '../../src/domain/case/names';
import { settlementStart } from '../../src/domain/invoice/settlement-start';
import type { SettleInvoiceInput } from './messages';
import type { settleInvoice } from './settle-invoice';

/** Starts the settlement of an invoice that no order takes. @throws WorkflowExecutionAlreadyStartedError */
export const startSettlement = (
  client: Client,
  input: SettleInvoiceInput,
): Promise<WorkflowHandleWithFirstExecutionRunId<typeof settleInvoice>> =>
  client.workflow.start<typeof settleInvoice>('settleInvoice', {
    taskQueue: taskQueues.fulfilment,
    args: [input],
    ...settlementStart(input.invoice),
  });
