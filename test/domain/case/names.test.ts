import { FailureType } from '../../../src/domain/case/failure-types';
import { invoiceWorkflowId, purchaseOrderWorkflowId, taskQueues } from '../../../src/domain/case/names';

it('puts the business key into the workflow id, which makes it the lock', () => {
  expect(purchaseOrderWorkflowId('PO-0007')).toBe('purchase-order:PO-0007');
  expect(invoiceWorkflowId('purchase', 'PI-1')).toBe('purchase-invoice:PI-1');
  expect(invoiceWorkflowId('sales', 'PI-1')).not.toBe(invoiceWorkflowId('purchase', 'PI-1'));
});

it('names a queue and a failure type as they are called, because they travel as text', () => {
  expect(Object.entries(taskQueues).filter(([name, queue]) => name !== queue)).toEqual([]);
  expect(Object.entries(FailureType).filter(([name, type]) => name !== type)).toEqual([]);
});
