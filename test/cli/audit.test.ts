import { auditLedger } from '../../src/cli/demo/audit';
import { readLedger, type SandboxLedger, type SeedOrder } from '../../src/cli/demo/ledger';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(90_000);

let sandbox: Sandbox;
let orders: readonly SeedOrder[];
let before: SandboxLedger;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true });
  before = await readLedger(sandbox.origin);
  orders = before.claritum.purchaseOrders;
});
afterAll(() => sandbox.close());

/** What is wrong, by record. */
const wrong = (ledger: SandboxLedger): string[] =>
  auditLedger(orders, ledger)
    .filter(({ isRight }) => !isRight)
    .map(({ system, record }) => `${system} ${record}`);

/** The systems as they stand when the three orders of seed 1 are through, written down by hand. */
function after(): SandboxLedger {
  const each = (quantity: string, ItemID: string, UnitsUOM = 'Each') => ({
    ItemID,
    UnitsUOM,
    OrderUnits: `${quantity}.00000`,
    AllocatedUnits: `${quantity}.00000`,
    ShippedUnits: `${quantity}.00000`,
  });
  const line = (quantity: string, unit: string, part: string, price: string, due: readonly [string, string][]) => ({
    ORD_QTY: quantity,
    UOFMEAS: unit,
    PART_NUM: part,
    STATUS: 'CLOSED ',
    SOPRICESList: [{ PRICE: price }],
    DueDateList: due.map(([QTY, date]) => ({ QTY, DUE_DTS1: `${date}T00:00:00` })),
  });
  // Alpine 150, Borealis 12,100, Alpine 3 and 3 boxes; dates are the working day on or before the seed's.
  const [first, second, third] = orders.map(({ deliveries }) =>
    deliveries.map(({ requiredDate }) => friday(requiredDate)),
  );
  return {
    claritum: {
      purchaseOrders: before.claritum.purchaseOrders.map((order) => ({ ...order, exported: true })),
      deliveries: before.claritum.deliveries.map((delivery) => ({ ...delivery, status: 'delivered', exported: true })),
      goodsReceipts: before.claritum.deliveries.map(({ orderRef, deliveryRef, quantity }) => ({
        orderRef,
        allocations: [{ deliveryRef, quantity }],
      })),
      purchaseInvoices: [
        { orderRef: 'CL-10231', currency: 'GBP', net: '127.50', lines: [{ quantity: '150' }], exported: true },
        { orderRef: 'CL-10232', currency: 'GBP', net: '10285', lines: [{ quantity: '12100' }], exported: true },
        { orderRef: 'CL-10233', currency: 'GBP', net: '255.00', lines: [{ quantity: '6' }], exported: true },
      ],
    },
    manex: {
      salesOrders: [
        {
          SONO: '0000010231',
          PONO: 'PO-10231  ',
          CUSTNO: '0000000008',
          SODETAILList: [line('150', 'EACH', 'BRO-A4-16', '0.85', [['150', first?.[0] ?? '']])],
        },
        {
          SONO: '0000010232',
          PONO: 'PO-10232',
          CUSTNO: '0000000009',
          SODETAILList: [line('12100', 'EACH', 'BRO-A4-16', '0.85', [['12100', second?.[0] ?? '']])],
        },
        {
          SONO: '0000010233',
          PONO: 'PO-10233',
          CUSTNO: '0000000008',
          SODETAILList: [
            line('6.00', 'BOX', 'LBL-0071', '42.5', [
              ['3', third?.[1] ?? ''],
              ['3', third?.[0] ?? ''],
            ]),
          ],
        },
      ],
    },
    northscope: {
      salesOrders: [
        {
          OrderID: 'S1-1',
          PONumber: 'PO-10231',
          CustomerID: 'ALPINE',
          SalesOrderDetailList: [each('150', 'BRO-A4-16')],
        },
        {
          OrderID: 'S2-1',
          PONumber: 'PO-10232',
          CustomerID: 'BOREALIS',
          SalesOrderDetailList: [each('12100', 'BRO-A4-16')],
        },
        { OrderID: 'S3-1', PONumber: 'PO-10233', CustomerID: 'ALPINE', SalesOrderDetailList: [each('45', '0071')] },
        {
          OrderID: 'S3-2',
          PONumber: 'PO-10233',
          CustomerID: 'ALPINE',
          SalesOrderDetailList: [each('3', '0071', 'Box')],
        },
      ],
    },
  };
}

const friday = (instant: string | null): string => {
  const day = new Date(instant ?? '');
  while (['Saturday', 'Sunday'].includes(day.toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' }))) {
    day.setUTCDate(day.getUTCDate() - 1);
  }
  return day.toISOString().slice(0, 10);
};

describe('auditLedger', () => {
  it('agrees with systems that hold exactly what they must', () => {
    expect(wrong(after())).toEqual([]);
    expect(auditLedger(orders, after())).toHaveLength(25);
  });

  it('finds everything wrong before anything has run', () => {
    const findings = auditLedger(orders, before);
    expect(findings.filter(({ isRight }) => isRight)).toEqual([]);
  });

  const changed: [string, (ledger: SandboxLedger) => unknown, string[]][] = [
    [
      'an order not exported',
      ({ claritum }) => Object.assign(claritum.purchaseOrders[0] ?? {}, { exported: false }),
      ['Claritum CL-10231'],
    ],
    [
      'a receipt booked twice',
      ({ claritum }) => claritum.goodsReceipts.push(...claritum.goodsReceipts.slice(0, 1)),
      ['Claritum CL-10231 receipts'],
    ],
    ['a receipt missing', ({ claritum }) => claritum.goodsReceipts.pop(), ['Claritum CL-10233 receipts']],
    [
      'a delivery still under way',
      ({ claritum }) => Object.assign(claritum.deliveries[3] ?? {}, { status: 'in progress' }),
      ['Claritum CL-10233 deliveries'],
    ],
    [
      'an invoice over another amount',
      ({ claritum }) => Object.assign(claritum.purchaseInvoices[1] ?? {}, { net: '10285.01' }),
      ['Claritum CL-10232 invoice'],
    ],
    [
      'a second sales order',
      ({ manex }) => manex.salesOrders.push(...manex.salesOrders.slice(0, 1)),
      ['ManEx PO-10231 order', 'ManEx PO-10231 due dates', 'ManEx sales orders, all'],
    ],
    [
      'a line still open',
      ({ manex }) => Object.assign(manex.salesOrders[0]?.SODETAILList[0] ?? {}, { STATUS: 'STANDARD' }),
      ['ManEx PO-10231 order'],
    ],
    [
      'another price',
      ({ manex }) => Object.assign(manex.salesOrders[2]?.SODETAILList[0] ?? {}, { SOPRICESList: [{ PRICE: '42.51' }] }),
      ['ManEx PO-10233 order'],
    ],
    [
      'a due date on another day',
      ({ manex }) =>
        Object.assign(manex.salesOrders[0]?.SODETAILList[0]?.DueDateList[0] ?? {}, { DUE_DTS1: '2030-01-01' }),
      ['ManEx PO-10231 due dates'],
    ],
    [
      'less shipped than ordered',
      ({ northscope }) =>
        Object.assign(northscope.salesOrders[1]?.SalesOrderDetailList[0] ?? {}, { ShippedUnits: '12099' }),
      ['NorthScope PO-10232 order -1'],
    ],
    [
      'a warehouse order missing',
      ({ northscope }) => northscope.salesOrders.pop(),
      ['NorthScope PO-10233 order -2', 'NorthScope orders, all'],
    ],
    [
      'an order of nobody',
      ({ northscope }) =>
        northscope.salesOrders.push({ OrderID: 'X', PONumber: 'X', CustomerID: 'X', SalesOrderDetailList: [] }),
      ['NorthScope orders, all'],
    ],
  ];
  it.each(changed)('finds %s', (_, change, found) => {
    const ledger = structuredClone(after());
    change(ledger);
    expect(wrong(ledger)).toEqual(found);
  });
});
