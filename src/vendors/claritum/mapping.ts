import type { Invoice } from '../../domain/invoice/invoice';
import type { DeliveryReport, PurchaseOrder, Specification } from '../../domain/purchase-order/purchase-order';
import type { StockOrder } from '../../domain/stock-order/stock-order';
import { fromBase64 } from '../../transport/reading/base64';
import type * as wire from './schema';

/** A file that came with an order; the caller stores it, workflows see its reference only. */
export interface Attachment {
  readonly attachmentRef: string;
  /** As the vendor wrote it: not fit for a path. */
  readonly fileName: string;
  readonly mimeType: string;
  readonly content: Buffer;
}

export const toPurchaseOrder = (order: wire.PurchaseOrder): PurchaseOrder => order;
export const toDeliveryReport = (delivery: wire.Delivery): DeliveryReport => delivery;
export const toStockOrder = (order: wire.StockOrder): StockOrder => order;

export const toSpecification = ({ sections, ...specification }: wire.Specification): Specification => ({
  ...specification,
  sections: sections.map(({ name, properties }) => ({
    name: name ?? '',
    properties: properties.map((property) => ({ name: property.name ?? '', value: property.value ?? '' })),
  })),
});

export const toPurchaseInvoice = (invoice: wire.PurchaseInvoice): Invoice => ({ kind: 'purchase', ...invoice });

/** A sales invoice names no order of ours, only the customer's purchase order. */
export const toSalesInvoice = ({ issueDate, customerPo, ...invoice }: wire.SalesInvoice): Invoice => ({
  kind: 'sales',
  ...invoice,
  invoiceDate: issueDate,
  orderRef: null,
  poNumber: customerPo,
});

/** @returns undefined where the content is not base64 or not as long as announced; others are let in meanwhile */
export async function toAttachment({ content, size, ...attachment }: wire.Attachment): Promise<Attachment | undefined> {
  const bytes = await fromBase64(content ?? '');
  if (bytes === undefined || (size !== null && size !== String(bytes.length))) return undefined;
  return { ...attachment, content: bytes };
}
