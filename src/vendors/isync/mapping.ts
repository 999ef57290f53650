import type { CatalogueDetail, CatalogueProduct, StockUnits } from '../../domain/stock/stock';
import type { WebSalesOrder } from '../../domain/web-order/web-sales-order';
import { itemsOf } from '../../transport/formats/soap-value';
import type * as wire from './schema';

export const toStockUnits = (entry: wire.StockUnits): StockUnits => ({
  productStockId: entry.ProductStockID,
  sku: entry.SKU,
  units: entry.Units,
});

export function toCatalogueProduct(product: wire.CatalogueProduct): CatalogueProduct {
  const { SKU, JobProductID, Style, AvailableUnits, ...details } = product;
  return {
    sku: SKU,
    jobProductId: JobProductID,
    style: Style,
    availableUnits: AvailableUnits,
    details: Object.fromEntries(Object.entries(details).map(([name, detail]) => [name, toDetail(detail)])),
  };
}

/** The element names of WCF's arrays of simple values (docs/vendors/isync.md#getproductstockcatalogue). */
const ARRAY_ITEM = /^(?:string|decimal|int|long|short|double|float|boolean|dateTime|guid)$/;

/** Any inner XML as it is, but WCF's arrays as lists also where they hold one value. */
function toDetail(content: unknown): CatalogueDetail {
  if (typeof content === 'string') return content;
  if (typeof content !== 'object' || content === null) return null;
  if (Array.isArray(content)) return content.map(toDetail);
  const members = Object.entries(content);
  if (members.length === 1 && ARRAY_ITEM.test(members[0]?.[0] ?? '')) return itemsOf(content).map(toDetail);
  return Object.fromEntries(members.map(([name, member]) => [name, toDetail(member)]));
}

export const toWebSalesOrder = (order: wire.WebSalesOrder): WebSalesOrder => ({
  poNumber: order.PONumber,
  salesOrderId: order.SalesOrderID,
  trackNo: order.TrackNo,
  statusId: order.StatusID,
  requiredDate: order.RequiredDate,
  comments: order.Comments,
  webCustomerName: order.WebCustomerName,
  lines: order.LineItems.map((line) => ({
    soDetailId: line.SODetailID,
    cnTypeId: line.CNTypeID,
    thirdPartyBarcode: line.ThirdPartyBarcode ?? '',
    units: line.Units,
    sellingPrice: line.SellingPrice,
    exRate: line.ExRate,
    discount: line.Discount,
    statusId: line.StatusID,
    dueDate: line.DueDate,
    invoiceNumber: line.InvoiceNumber,
    invoiceDate: line.InvoiceDate,
    invoiceUnits: line.InvoiceUnits ?? '0',
  })),
});
