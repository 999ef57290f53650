export { fulfilPurchaseOrder } from './fulfil-purchase-order';
export { pollClaritum } from './poll-claritum';
export { settleInvoice } from './settle-invoice';
