export { confirmWithdrawals } from './confirm-withdrawals';
export { fulfilPurchaseOrder } from './fulfil-purchase-order';
export { pollClaritum } from './poll-claritum';
export { rememberCancellation } from './remember-cancellation';
export { settleInvoice } from './settle-invoice';
