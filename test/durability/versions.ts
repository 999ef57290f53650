import type { Content, DeliveryRow, InvoiceRow, SandboxLedger, PurchaseOrderRow, VersionRow } from './auditor/evidence';
import { sum } from '../../src/domain/values/decimal';

const orderContent = ({ quantity, unitPrice, status, deliveries }: PurchaseOrderRow): Content => ({
  quantity,
  unitPrice,
  status,
  shares: deliveries.map((delivery) => delivery.quantity),
});

export const deliveryContent = ({ quantity, status }: Pick<DeliveryRow, 'quantity' | 'status'>): Content => ({
  quantity,
  unitPrice: null,
  status,
  shares: [],
});

export const invoiceContent = ({ lines }: Pick<InvoiceRow, 'lines'>): Content => ({
  quantity: sum(lines.map(({ quantity }) => quantity)),
  unitPrice: null,
  status: null,
  shares: [],
});

/** Every record of Claritum that an owner is to take in, with what it says. */
export const contentsIn = ({ claritum }: SandboxLedger): ReadonlyMap<string, Content> =>
  new Map([
    ...claritum.purchaseOrders.map((row) => [row.uid, orderContent(row)] as const),
    ...claritum.deliveries.map((row) => [row.uid, deliveryContent(row)] as const),
    ...claritum.purchaseInvoices.map((row) => [row.uid, invoiceContent(row)] as const),
  ]);

/** Records that nobody changes once they are worth marking: they read as the ledger shows them in the end. */
export const versionsAsTheyStand = (ledger: SandboxLedger): readonly VersionRow[] =>
  [...contentsIn(ledger)].map(([uid, content]) => ({ uid, since: 0, from: 0, content }));
