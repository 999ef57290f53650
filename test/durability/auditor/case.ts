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
  VersionRow,
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
  /** Of the order, as the buyer wrote them. */
  readonly versions: readonly VersionRow[];
  /** Calls about it, in order of arrival. */
  readonly calls: readonly Call[];
}

export const keysIn = ({ key }: Pick<Call, 'key'>): readonly string[] => key.split(',');

/** How many stock units one unit of the order is: the number in `boxes of 15`, else one. */
export const unitsIn = ({ unitOfMeasure }: PurchaseOrderRow): string => /(\d+)$/.exec(unitOfMeasure)?.[1] ?? '1';

/** The orders of a run as cases, in the ledger's order. */
export function casesOf({ ledger, orders, versions }: Evidence): readonly Case[] {
  return ledger.claritum.purchaseOrders.map((order) => {
    const told = orders.find(({ orderRef, uid }) => orderRef === order.orderRef && uid === order.uid);
    // A second record under the reference of another one: what belongs to the reference is the other one's.
    const isSecond = told === undefined && orders.some(({ orderRef }) => orderRef === order.orderRef);
    const ofOrder = <T extends { readonly orderRef: string }>(rows: readonly T[]): readonly T[] =>
      isSecond ? [] : rows.filter(({ orderRef }) => orderRef === order.orderRef);
    const salesOrders = ledger.manex.salesOrders.filter(({ PONO }) => PONO === order.poNumber);
    // Also the number that was only tried: the digits of the reference, ten of them.
    const numbers = new Set([
      ...(isSecond ? [] : [order.orderRef.replace(/\D/g, '').padStart(10, '0')]),
      ...salesOrders.map(({ SONO }) => SONO),
    ]);
    const inbound = ledger.northscope.inbound.filter(({ Data }) =>
      Data.includes(`<PurchaseOrder>${order.poNumber}</PurchaseOrder>`),
    );
    const deliveries = ofOrder(ledger.claritum.deliveries);
    const invoices = ofOrder(ledger.claritum.purchaseInvoices);
    const keys = new Set([
      ...(isSecond ? [order.uid] : [order.orderRef, order.uid]),
      ...[...deliveries, ...invoices].map(({ uid }) => uid),
      ...numbers,
      ...inbound.map(({ SourceTransID }) => SourceTransID),
      // Also of what was only tried: the warehouse's number is the sales order's and the delivery's.
      ...[...numbers].flatMap((number) => order.deliveries.map(({ sequence }) => `${number}-${sequence}`)),
    ]);
    return {
      order,
      told,
      salesOrders,
      warehouseOrders: ledger.northscope.salesOrders.filter(({ PONumber }) => PONumber === order.poNumber),
      inbound,
      deliveries,
      receipts: ofOrder(ledger.claritum.goodsReceipts),
      invoices,
      versions: versions.filter(({ uid }) => uid === order.uid),
      calls: ledger.calls.filter((call) => keysIn(call).some((key) => keys.has(key))),
    };
  });
}

/** The calls of one operation that took effect. */
export const effectsOf = ({ calls }: Case, operation: string, key?: string): readonly Call[] =>
  calls.filter(
    (call) => call.operation === operation && call.effects > 0 && (key === undefined || keysIn(call).includes(key)),
  );

/** Whether the buyer's record is off the list at the end, by the buyer's own doing. */
export const isOffTheList = ({ versions }: Case): boolean => versions.at(-1)?.content === null;

const listed = ({ versions }: Case) => versions.flatMap(({ content }) => (content === null ? [] : [content]));

/** Whether the order was ever written anew with other figures. */
export const isAmended = (judged: Case): boolean =>
  new Set(listed(judged).map(({ quantity, unitPrice }) => `${quantity} at ${unitPrice}`)).size > 1;

/** Whether a task of this subject is listed. */
export const hasTask = (told: OrderEvidence | undefined, subject: string): boolean =>
  told?.tasks.some(({ key }) => key?.split(':')[0] === subject) === true;

/** Whether a task is listed that names one of these references, each whole: of `0000010231`, `0000010231-1` is another. */
export const isListed = (told: OrderEvidence | undefined, ...references: readonly string[]): boolean =>
  told?.tasks.some(({ task }) => namesIn(task).some((name) => references.includes(name))) === true;

const namesIn = (text: string): readonly string[] => text.split(/[\s,;:()']+/).map((word) => word.replace(/\.$/, ''));

/** The figures that may stand: those listed last, or earlier ones where a task says that the last are not carried out. */
export function standingFigures(judged: Case): readonly Figures[] {
  const { order, told } = judged;
  const last = { ...order, shares: order.deliveries.map(({ quantity }) => quantity) };
  return hasTask(told, 'not-carried-out') ? [last, ...listed(judged)] : [last];
}

export interface Figures {
  readonly quantity: string;
  readonly unitPrice: string | null;
  readonly shares: readonly string[];
}
