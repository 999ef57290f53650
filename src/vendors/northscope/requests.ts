import { z } from 'zod';
import { limits } from '../../domain/purchase-order/limits';
import { writeXml, type XmlInput } from '../../transport/formats/xml';
import { CalendarDate, Units, measured, text } from './fields';
import { writeAdjustment, writeTransfer, type InventoryAdjustment, type InventoryTransfer } from './inventory-requests';

/** What the two writing requests take, and how it is written (docs/vendors/northscope.md). */

const { northscope } = limits;

export type Format = 'xml' | 'json';

/** One request as it goes into the envelope; `name` may be an alias of the operation. */
export interface Message {
  readonly name: string;
  readonly content: { readonly [member: string]: XmlInput | undefined };
  readonly format: Format;
}

/** The body of a request (docs/vendors/northscope.md#the-envelope); in JSON, a list of one stays a list. */
export function writeRequest({ name, content, format }: Message): string {
  const request = { RequestName: name, RequestContent: content };
  return format === 'json' ? JSON.stringify({ NSRequest: request }) : writeXml('NSRequest', request);
}

const Allocation = measured(
  z.strictObject({
    orderItemSk: text(25),
    lotSk: text(25),
    units: Units.optional(),
    unitsUom: text(northscope.unitsUom).optional(),
    weight: Units.optional(),
    weightUom: text(25).optional(),
  }),
);
const Allocations = z.strictObject({ allocations: z.array(Allocation).min(1).readonly() });

/** Units, weight or both, by how the item is managed; positive decimal strings in the unit named beside them. */
export type AllocateSalesOrdersInput = z.input<typeof Allocations>;

/** @throws z.ZodError when a key is missing or neither units nor weight are given. */
export function writeAllocations(input: AllocateSalesOrdersInput): Message['content'] {
  return {
    Allocation: Allocations.parse(input).allocations.map(
      ({ orderItemSk, lotSk, units, unitsUom, weight, weightUom }) => ({
        OrderItemSK: orderItemSk,
        LotSK: lotSk,
        AllocateUnits: units,
        UnitsUOM: unitsUom,
        AllocateWeight: weight,
        WeightUOM: weightUom,
      }),
    ),
  };
}

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

/**
 * One document for the inbound queue, and its TransactionType (docs/vendors/northscope.md#insertinboundintegration).
 */
export type InboundDocument =
  | { readonly transactionType: 'SOOrder'; readonly data: SalesOrderDocument }
  | { readonly transactionType: 'IMAdjustment'; readonly data: InventoryAdjustment }
  | { readonly transactionType: 'IMTransfer'; readonly data: InventoryTransfer };

/**
 * An SO Order with Status New: NorthScope creates the sales order from it. Customer, ShipToAddress and Site in the
 * header and Units and UnitsUOM in the lines are in no document of the vendor; an order cannot be created without them,
 * so they are assumed (docs/vendors/northscope.md#so-order).
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
function writeDocument(document: InboundDocument): XmlInput {
  switch (document.transactionType) {
    case 'SOOrder':
      return writeSalesOrder(document.data);
    case 'IMAdjustment':
      return writeAdjustment(document.data);
    case 'IMTransfer':
      return writeTransfer(document.data);
  }
}

const Queued = z.strictObject({
  sourceSystem: text(northscope.sourceSystem),
  sourceTransactionId: text(northscope.sourceTransactionId),
  created: z.union([CalendarDate, z.iso.datetime({ local: true, offset: true })]),
});

/** A document for the inbound queue, and under which name it is queued. */
export type InsertInboundIntegrationInput = InboundDocument & {
  /** A value NorthScope knows; at most 25 characters. */
  readonly sourceSystem: string;
  /** Our own number of the document; at most 25 characters. NorthScope does not refuse one it has seen. */
  readonly sourceTransactionId: string;
  /** ISO date, or instant of which the date is sent: the queue's times have no zone. */
  readonly created: string;
};

/** @throws z.ZodError when a field is missing, too long for its column, or no date or number. */
export function writeInboundIntegration(input: InsertInboundIntegrationInput): Message['content'] {
  const { sourceSystem, sourceTransactionId, created, ...document } = input;
  const queued = Queued.parse({ sourceSystem, sourceTransactionId, created });
  return {
    InboundIntegration: {
      Created: queued.created.slice(0, 10),
      SourceSystem: queued.sourceSystem,
      SourceTransactionID: queued.sourceTransactionId,
      TransactionType: document.transactionType,
      Data: writeDocument(document),
    },
  };
}
