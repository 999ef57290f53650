export { confirmWithdrawals } from './feed/confirm-withdrawals';
export { fulfilPurchaseOrder } from './purchase-order/fulfil-purchase-order';
export { feed } from './feed/feed';
export { rememberCancellation } from './purchase-order/remember-cancellation';
export { settleInvoice } from './invoice/settle-invoice';
