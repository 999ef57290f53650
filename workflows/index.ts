export { confirmWithdrawals } from './feed/confirm-withdrawals';
export { fulfilPurchaseOrder } from './purchase-order/fulfil-purchase-order';
export { pollClaritum } from './feed/poll-claritum';
export { settleInvoice } from './invoice/settle-invoice';
