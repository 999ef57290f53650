import type {
  Call,
  DeliveryRow,
  Evidence,
  InboundRow,
  InvoiceRow,
  OrderEvidence,
  PurchaseOrderRow,
  ReceiptRow,
  SalesOrderRow,
  WarehouseRow,
} from './evidence';

/** Everything about one purchase order, put together from all systems by its business keys. */
export interface Case {
  readonly order: PurchaseOrderRow;
  /** What its workflow tells; undefined where no workflow ever took it. */
  readonly told: OrderEvidence | undefined;
  readonly salesOrders: readonly SalesOrderRow[];
  readonly warehouseOrders: readonly WarehouseRow[];
  readonly inbound: readonly InboundRow[];
  readonly deliveries: readonly DeliveryRow[];
  readonly receipts: readonly ReceiptRow[];
  readonly invoices: readonly InvoiceRow[];
  /** Calls about it, in order of arrival. */
  readonly calls: readonly Call[];
}

export const keysIn = ({ key }: Pick<Call, 'key'>): readonly string[] => key.split(',');

/** How many stock units one unit of the order is: the number in `boxes of 15`, else one. */
export const unitsIn = ({ unitOfMeasure }: PurchaseOrderRow): string => /(\d+)$/.exec(unitOfMeasure)?.[1] ?? '1';

/** The orders of a run as cases, in the ledger's order. */
export function casesOf({ ledger, orders }: Evidence): readonly Case[] {
  return ledger.claritum.purchaseOrders.map((order) => {
    const ofOrder = <T extends { readonly orderRef: string }>(rows: readonly T[]): readonly T[] =>
      rows.filter(({ orderRef }) => orderRef === order.orderRef);
    const salesOrders = ledger.manex.salesOrders.filter(({ PONO }) => PONO === order.poNumber);
    // Also the number that was only tried: the digits of the reference, ten of them.
    const numbers = new Set([
      order.orderRef.replace(/\D/g, '').padStart(10, '0'),
      ...salesOrders.map(({ SONO }) => SONO),
    ]);
    const inbound = ledger.northscope.inbound.filter(({ Data }) =>
      Data.includes(`<PurchaseOrder>${order.poNumber}</PurchaseOrder>`),
    );
    const deliveries = ofOrder(ledger.claritum.deliveries);
    const invoices = ofOrder(ledger.claritum.purchaseInvoices);
    const keys = new Set([
      ...[order.orderRef, order.uid],
      ...[...deliveries, ...invoices].map(({ uid }) => uid),
      ...numbers,
      ...inbound.map(({ SourceTransID }) => SourceTransID),
      // Also of what was only tried: the warehouse's number is the sales order's and the delivery's.
      ...[...numbers].flatMap((number) => order.deliveries.map(({ sequence }) => `${number}-${sequence}`)),
    ]);
    return {
      order,
      told: orders.find(({ orderRef }) => orderRef === order.orderRef),
      salesOrders,
      warehouseOrders: ledger.northscope.salesOrders.filter(({ PONumber }) => PONumber === order.poNumber),
      inbound,
      deliveries,
      receipts: ofOrder(ledger.claritum.goodsReceipts),
      invoices,
      calls: ledger.calls.filter((call) => keysIn(call).some((key) => keys.has(key))),
    };
  });
}

/** The calls of one operation that took effect. */
export const effectsOf = ({ calls }: Case, operation: string, key?: string): readonly Call[] =>
  calls.filter(
    (call) => call.operation === operation && call.effects > 0 && (key === undefined || keysIn(call).includes(key)),
  );
