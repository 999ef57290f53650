import { add, compare, multiply, round, sum } from '../../domain/values/decimal';
import { customers, products, uomSchedules } from '../../sandbox/seed';
import type { SandboxLedger, SeedOrder } from './ledger';

/** One thing a system must hold at the end, and what it does hold. */
export interface Finding {
  readonly system: 'Claritum' | 'ManEx' | 'NorthScope';
  readonly record: string;
  readonly must: string;
  readonly holds: string;
  readonly isRight: boolean;
}

const finding = (system: Finding['system'], record: string, must: string, holds: string): Finding => ({
  system,
  record,
  must,
  holds: holds === '' ? 'nothing' : holds,
  isRight: must === holds,
});

/** `4.00` and `4` are written alike, so that two texts are equal when the quantities are. */
const plain = (decimal: string): string => add(decimal, '0');
const listed = (entries: readonly string[]): string => entries.toSorted((a, b) => a.localeCompare(b)).join('; ');

/**
 * Compares what the systems hold with what they must hold. What they must hold is worked out from the orders as they
 * stood before anything ran and from the sandbox's own master data; none of Waybill's mapping or planning is used, so a
 * mistake of theirs cannot hide here.
 */
export function auditLedger(orders: readonly SeedOrder[], ledger: SandboxLedger): Finding[] {
  const deliveries = orders.flatMap((order) => order.deliveries);
  return [
    ...orders.flatMap((order) => [...claritum(order, ledger), ...manex(order, ledger), ...northscope(order, ledger)]),
    finding('Claritum', 'invoices, all', String(orders.length), String(ledger.claritum.purchaseInvoices.length)),
    finding('ManEx', 'sales orders, all', String(orders.length), String(ledger.manex.salesOrders.length)),
    finding('NorthScope', 'orders, all', String(deliveries.length), String(ledger.northscope.salesOrders.length)),
  ];
}

const flag = (isExported: boolean): string => (isExported ? 'exported' : 'not exported');

function claritum(order: SeedOrder, { claritum: held }: SandboxLedger): Finding[] {
  const { orderRef, quantity, unitPrice, currency, deliveries } = order;
  const now = held.purchaseOrders.filter((candidate) => candidate.orderRef === orderRef);
  const reports = held.deliveries.filter((delivery) => delivery.orderRef === orderRef);
  const received = held.goodsReceipts
    .filter((receipt) => receipt.orderRef === orderRef)
    .flatMap((receipt) => receipt.allocations);
  const invoices = held.purchaseInvoices.filter((invoice) => invoice.orderRef === orderRef);
  return [
    finding('Claritum', orderRef, 'exported', now.map(({ exported }) => flag(exported)).join('; ')),
    finding(
      'Claritum',
      `${orderRef} deliveries`,
      listed(deliveries.map((delivery) => `${delivery.deliveryRef}: ${plain(delivery.quantity)} delivered, exported`)),
      listed(
        reports.map(
          (report) => `${report.deliveryRef}: ${plain(report.quantity)} ${report.status}, ${flag(report.exported)}`,
        ),
      ),
    ),
    finding(
      'Claritum',
      `${orderRef} receipts`,
      listed(deliveries.map((delivery) => `${delivery.deliveryRef}: ${plain(delivery.quantity)}`)),
      listed(
        [...new Set(received.map(({ deliveryRef }) => deliveryRef))].map(
          (ref) =>
            `${ref}: ${sum(received.filter(({ deliveryRef }) => deliveryRef === ref).map((part) => part.quantity))}`,
        ),
      ),
    ),
    finding(
      'Claritum',
      `${orderRef} invoice`,
      `${plain(quantity)} for ${round(multiply(quantity, unitPrice), 2)} ${currency}, exported`,
      listed(
        invoices.map(
          (invoice) =>
            `${sum(invoice.lines.map((line) => line.quantity))} for ${round(invoice.net, 2)} ${invoice.currency}, ${flag(invoice.exported)}`,
        ),
      ),
    ),
  ];
}

function manex(order: SeedOrder, { manex: { salesOrders } }: SandboxLedger): Finding[] {
  const { poNumber, customerName, productCode, quantity, unitPrice, deliveries } = order;
  const custNo = customers.find(({ name }) => name === customerName)?.custNo ?? '?';
  const product = products.find((candidate) => candidate.productCode === productCode);
  const unit = product?.boxQuantity === 1 ? 'EACH' : 'BOX';
  const mine = salesOrders.filter(({ PONO }) => PONO.trim() === poNumber);
  return [
    finding(
      'ManEx',
      `${poNumber} order`,
      `${custNo}: ${plain(quantity)} ${unit} of ${product?.partNumber ?? '?'} at ${plain(unitPrice)}, CLOSED`,
      listed(
        mine.flatMap(({ CUSTNO, SODETAILList }) =>
          SODETAILList.map(
            (line) =>
              `${CUSTNO}: ${plain(line.ORD_QTY)} ${line.UOFMEAS.trim()} of ${line.PART_NUM.trim()} at ${line.SOPRICESList.map(({ PRICE }) => plain(PRICE)).join(' and ')}, ${line.STATUS.trim().toUpperCase()}`,
          ),
        ),
      ),
    ),
    finding(
      'ManEx',
      `${poNumber} due dates`,
      listed(deliveries.map((delivery) => `${plain(delivery.quantity)} on ${dueDate(delivery.requiredDate)}`)),
      listed(
        mine.flatMap(({ SODETAILList }) =>
          SODETAILList.flatMap(({ DueDateList }) =>
            DueDateList.map(({ QTY, DUE_DTS1 }) => `${plain(QTY)} on ${DUE_DTS1.slice(0, 10)}`),
          ),
        ),
      ),
    ),
  ];
}

/** ManEx takes working days only: a weekend becomes the Friday before. The seed's instants are at noon, any zone will do. */
function dueDate(required: string | null): string {
  if (required === null) return '?';
  const day = new Date(required);
  const daysPastFriday = [2, 0, 0, 0, 0, 0, 1][day.getUTCDay()] ?? 0;
  day.setUTCDate(day.getUTCDate() - daysPastFriday);
  return day.toISOString().slice(0, 10);
}

/** One order per delivery: `<SoNo>-<sequence>`. */
function northscope(order: SeedOrder, { northscope: { salesOrders } }: SandboxLedger): Finding[] {
  const { poNumber, customerName, productCode, deliveries } = order;
  const customerId = customers.find(({ name }) => name === customerName)?.customerId ?? '?';
  const product = products.find((candidate) => candidate.productCode === productCode);
  return deliveries.map(({ quantity }, index) => {
    const ending = `-${index + 1}`;
    const each = multiply(quantity, String(product?.boxQuantity ?? 1));
    const mine = salesOrders.filter(({ PONumber, OrderID }) => PONumber === poNumber && OrderID.endsWith(ending));
    return finding(
      'NorthScope',
      `${poNumber} order ${ending}`,
      `${customerId}: ${product?.itemId ?? '?'} ${each} ordered, ${each} allocated, ${each} shipped`,
      listed(
        mine.flatMap(({ CustomerID, SalesOrderDetailList }) =>
          SalesOrderDetailList.map(({ ItemID, UnitsUOM, OrderUnits, AllocatedUnits, ShippedUnits }) => {
            const [ordered, allocated, shipped] = [OrderUnits, AllocatedUnits, ShippedUnits].map((units) =>
              inEach(units, UnitsUOM),
            );
            return `${CustomerID}: ${ItemID} ${ordered} ordered, ${allocated} allocated, ${shipped} shipped`;
          }),
        ),
      ),
    );
  });
}

function inEach(units: string, uom: string): string {
  const factor = uomSchedules.find(({ from, to }) => from === uom && to === 'Each')?.factor;
  return factor === undefined || compare(factor, '0') <= 0 ? `${units} ${uom}` : multiply(units, factor);
}
