import { z } from 'zod';
import { limits } from '../../domain/purchase-order/limits';
import type { XmlInput } from '../../transport/formats/xml';
import { CalendarDate, Units, text } from './fields';
import {
  writeAdjustment,
  writeTransfer,
  type InventoryAdjustment,
  type InventoryTransfer,
} from './inventory-requests';

const { northscope } = limits;

const Line = z.strictObject({
  itemId: text(northscope.itemId),
  /** Whole number: the line's position. */
  sequence: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  isSubstitute: z.boolean().optional(),
  units: Units,
  unitsUom: text(northscope.unitsUom),
});

const SalesOrder = z.strictObject({
  orderId: text(northscope.orderId),
  companyId: text(northscope.companyId),
  poNumber: text(northscope.poNumber),
  customerId: text(northscope.customerId),
  addressId: text(northscope.addressId),
  siteId: text(northscope.siteId),
  orderDate: CalendarDate,
  shipByDate: CalendarDate,
  orderType: z.enum(['Order', 'Return']).default('Order'),
  user: text(110).optional(),
  workflow: text(50).optional(),
  carrier: text(50).optional(),
  lines: z.array(Line).min(1).readonly(),
});

/** An SO Order: the sales order to create. Calendar dates `YYYY-MM-DD`; what is not needed may be left out. */
export type SalesOrderDocument = z.input<typeof SalesOrder>;

/** One document for NorthScope's inbound queue, with the TransactionType it is queued under (northscope.md §3). */
export type InboundDocument =
  | { readonly transactionType: 'SOOrder'; readonly data: SalesOrderDocument }
  | { readonly transactionType: 'IMAdjustment'; readonly data: InventoryAdjustment }
  | { readonly transactionType: 'IMTransfer'; readonly data: InventoryTransfer };

/**
 * An SO Order with Status New: NorthScope creates the sales order from it (contract.md §E.16). Customer, ShipToAddress
 * and Site in the header and Units and UnitsUOM in the lines are in no document of the vendor; an order cannot be
 * created without them [I].
 */
function writeSalesOrder(data: SalesOrderDocument): XmlInput {
  const { lines, ...order } = SalesOrder.parse(data);
  return {
    SalesOrders: {
      SalesOrder: {
        Header: {
          Company: order.companyId,
          User: order.user,
          Order: order.orderId,
          OrderType: order.orderType,
          Status: 'New',
          Dates: { OrderDate: order.orderDate, ShipByDate: order.shipByDate },
          Workflow: order.workflow,
          PurchaseOrder: order.poNumber,
          Customer: order.customerId,
          ShipToAddress: order.addressId,
          Site: order.siteId,
          Carrier: order.carrier,
        },
        Lines: {
          Line: lines.map(({ itemId, sequence, isSubstitute, units, unitsUom }) => ({
            Item: itemId,
            Sequence: sequence,
            IsSubstitute: isSubstitute === undefined ? undefined : isSubstitute ? 'Yes' : 'No',
            Units: units,
            UnitsUOM: unitsUom,
          })),
        },
      },
    },
  };
}

/**
 * The content of `Data` for the inbound queue.
 *
 * @throws z.ZodError when a field is missing, too long for its column, or no date or number.
 */
export function writeDocument(document: InboundDocument): XmlInput {
  switch (document.transactionType) {
    case 'SOOrder':
      return writeSalesOrder(document.data);
    case 'IMAdjustment':
      return writeAdjustment(document.data);
    case 'IMTransfer':
      return writeTransfer(document.data);
  }
}
