import { multiply, round } from '../../../src/domain/values/decimal';
import type { ApprovalPolicy } from '../../../src/domain/case/policy';
import type { PurchaseOrder } from '../../../src/domain/purchase-order/purchase-order';
import { delivery, policy, purchaseOrder } from '../examples';

/** Three bands in pounds, in no order. */
export const bands: ApprovalPolicy = {
  ...policy().approval,
  limits: [
    { currency: 'GBP', above: '1000.00', approvers: ['anna'] },
    { currency: 'GBP', above: '25000', approvers: ['carl'] },
    { currency: 'GBP', above: '5000.00', approvers: ['ben'] },
    { currency: 'EUR', above: '1.00', approvers: ['eva'] },
  ],
  approvers: ['paula'],
};

/** An order of `quantity` boxes at 42.50 whose net amount fits. */
export const sized = (quantity: string, changes: Partial<PurchaseOrder> = {}): PurchaseOrder =>
  purchaseOrder({
    quantity,
    net: round(multiply(quantity, '42.50'), 2),
    deliveries: [delivery({ quantity })],
    ...changes,
  });
