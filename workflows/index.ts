export { confirmWithdrawals } from './feed/confirm-withdrawals';
export { fulfilPurchaseOrder } from './purchase-order/fulfil-purchase-order';
export { feed } from './feed/feed';
export { settleInvoice } from './invoice/settle-invoice';
