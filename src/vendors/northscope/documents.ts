import { z } from 'zod';
import type { WarehouseOrderRequest } from '../../domain/inventory';
import type { XmlInput } from '../../transport/xml';
import { CalendarDate, SignedUnits, Units, text } from './fields';

/** The documents we put into NorthScope's inbound queue (vendors/northscope.md §3). */

/** An IM Adjustment: stock found or lost, by item and lot. Not safe to post twice: the queue adds its items again. */
interface InventoryAdjustment {
  readonly companyId: string;
  /** At most 25 characters, also the SourceTransactionID; an existing one gets the items added. */
  readonly transactionId: string;
  readonly siteId: string;
  /** Calendar date `YYYY-MM-DD`. */
  readonly transactionDate: string;
  /** A reason NorthScope knows. */
  readonly reasonCode?: string;
  /** @default 'Ready To Post' */
  readonly status?: 'New' | 'Released' | 'Ready To Post';
  readonly lines: readonly {
    readonly itemId: string;
    /** Signed: negative takes out of stock. */
    readonly units: string;
    readonly unitsUom: string;
    readonly lot?: string;
    readonly owner?: string;
  }[];
}

/** One document with the TransactionType it is queued under. */
export type InboundDocument =
  | { readonly transactionType: 'SOOrder'; readonly data: WarehouseOrderRequest }
  | { readonly transactionType: 'IMAdjustment'; readonly data: InventoryAdjustment };

const SalesOrder = z.strictObject({
  orderId: text(25),
  companyId: text(15),
  poNumber: text(50),
  customerId: text(50),
  addressId: text(50),
  siteId: text(20),
  orderDate: CalendarDate,
  shipByDate: CalendarDate,
  lines: z.array(z.strictObject({ itemId: text(50), units: Units, unitsUom: text(25) })).min(1),
});

const Adjustment = z.strictObject({
  companyId: text(15),
  transactionId: text(25),
  siteId: text(20),
  transactionDate: CalendarDate,
  reasonCode: text(50).optional(),
  status: z.enum(['New', 'Released', 'Ready To Post']).default('Ready To Post'),
  lines: z
    .array(
      z.strictObject({
        itemId: text(50),
        units: SignedUnits,
        unitsUom: text(25),
        lot: text(50).optional(),
        owner: text(25).optional(),
      }),
    )
    .min(1),
});

/**
 * An SO Order with Status New: NorthScope creates the sales order from it (contract.md §E.16). Customer, ShipToAddress
 * and Site in the header and Units and UnitsUOM in the lines are in no document of the vendor; an order cannot be
 * created without them [I].
 */
function salesOrders(order: z.output<typeof SalesOrder>): XmlInput {
  return {
    SalesOrders: {
      SalesOrder: {
        Header: {
          Company: order.companyId,
          Order: order.orderId,
          OrderType: 'Order',
          Status: 'New',
          Dates: { OrderDate: order.orderDate, ShipByDate: order.shipByDate },
          PurchaseOrder: order.poNumber,
          Customer: order.customerId,
          ShipToAddress: order.addressId,
          Site: order.siteId,
        },
        Lines: {
          Line: order.lines.map(({ itemId, units, unitsUom }) => ({ Item: itemId, Units: units, UnitsUOM: unitsUom })),
        },
      },
    },
  };
}

function transactionHeader(adjustment: z.output<typeof Adjustment>): XmlInput {
  return {
    TransactionHeader: {
      TransactionType: 'Adjustment',
      TransactionID: adjustment.transactionId,
      TransactionStatusName: adjustment.status,
      SiteID: adjustment.siteId,
      TransactionDate: adjustment.transactionDate,
      ReasonCode: adjustment.reasonCode,
      CompanyID: adjustment.companyId,
      TransactionDetail: adjustment.lines.map(({ itemId, units, unitsUom, lot, owner }) => ({
        ItemID: itemId,
        TransactionUnits: units,
        UnitsUOMID: unitsUom,
        Lot: lot,
        Owner: owner,
      })),
    },
  };
}

/**
 * The content of `Data` for the inbound queue.
 *
 * @throws z.ZodError when a field is missing, too long for its column, or no date or number.
 */
export function writeDocument(document: InboundDocument): XmlInput {
  return document.transactionType === 'SOOrder'
    ? salesOrders(SalesOrder.parse(document.data))
    : transactionHeader(Adjustment.parse(document.data));
}
