import { instantOf } from '../../domain/values/calendar';
import { isPositive } from '../../domain/values/decimal';
import { limits, textFault, wholeNumber } from '../../domain/purchase-order/limits';
import type { GoodsReceipt } from '../../domain/purchase-order/goods-receipt';
import { readInstant } from '../../domain/values/instant';
import type { Invoice } from '../../domain/invoice/invoice';
import type { DeliveryReport, PurchaseOrder, Specification } from '../../domain/purchase-order/purchase-order';
import type { StockOrder, StockOrderDespatch } from '../../domain/stock-order/stock-order';
import { fromBase64 } from '../../transport/reading/base64';
import type { SoapInput } from '../../transport/formats/soap-value';
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

/**
 * `2026-01-05T09:00:00Z`, the form without a fraction (contract.md §C.1-11), a calendar day as its noon; what is no instant
 * goes as it is, for Claritum to refuse.
 */
const toInstant = (text: string): string => {
  const instant = instantOf(text);
  return (readInstant(instant) ?? instant).replace(/\.\d+Z$/, 'Z');
};

/**
 * Members in the order of the WSDL.
 *
 * @throws RangeError for a quantity that is no positive whole number, and a reference that is too long.
 */
export function toGoodsReceiptRequest(receipt: GoodsReceipt): SoapInput {
  const quantity = wholeNumber(receipt.quantity);
  if (quantity === undefined || !isPositive(quantity)) throw new RangeError('quantity is no positive whole number');
  const fault = textFault(limits.claritum.receiptRef, receipt.receiptRef);
  if (fault !== undefined) throw new RangeError(`receiptRef ${fault}`);
  return {
    orderRef: receipt.orderRef,
    receiptRef: receipt.receiptRef,
    receivedDate: toInstant(receipt.receivedDate),
    quantity,
    deliveryNoteNumber: receipt.deliveryNoteNumber,
  };
}

/** Members in the order of the WSDL. */
export const toStockOrderStatusRequest = (despatch: StockOrderDespatch): SoapInput => ({
  stockOrderRef: despatch.stockOrderRef,
  status: 'despatched',
  despatchedDate: toInstant(despatch.despatchedDate),
  carrier: despatch.carrier,
  consignmentNumber: despatch.consignmentNumber,
});
