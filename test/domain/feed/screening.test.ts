import * as fc from 'fast-check';
import { identifierFault } from '../../../src/domain/values/identifier';
import type { Invoice } from '../../../src/domain/invoice/invoice';
import { jsonBytes, bounds } from '../../../src/domain/values/bounds';
import type { DeliveryReport, PurchaseOrder } from '../../../src/domain/purchase-order/purchase-order';
import { deliveryFault, invoiceFault, purchaseOrderFault, stockOrderFault } from '../../../src/domain/feed/screening';
import type { StockOrder } from '../../../src/domain/stock-order/stock-order';
import { delivery, purchaseOrder } from '../examples';

const report: DeliveryReport = {
  uid: 'DL-1',
  orderRef: 'PO-10231',
  deliveryRef: 'PO-10231-D1',
  quantity: '10',
  deliveryDate: '2026-01-22',
  despatchedDate: null,
  carrier: null,
  consignmentNumber: null,
  status: 'delivered',
};
const invoice: Invoice = {
  kind: 'purchase',
  uid: 'PI-1',
  invoiceNumber: 'INV 1/26',
  invoiceDate: null,
  orderRef: 'PO-10231',
  poNumber: null,
  currency: 'GBP',
  net: '1.00',
  tax: '0',
  gross: '1.00',
  lines: [{ description: 'Labels', quantity: '1', net: '1.00', tax: null }],
};
const stockOrder: StockOrder = {
  uid: 'SO-1',
  stockOrderRef: 'SO-1',
  orderedDate: null,
  customerName: 'Alpine',
  contact: null,
  customerPo: null,
  deliveryAddress: delivery().address,
  requiredDate: null,
  carrier: null,
  costCentre: null,
  instructions: null,
  status: 'pending',
  lines: [
    {
      lineRef: '1',
      productCode: 'LBL',
      productName: null,
      quantity: '1',
      unitOfMeasure: 'boxes of 15',
      boxQuantity: '15',
    },
  ],
};

describe('an identifier', () => {
  it.each([
    'CL-900001',
    '007',
    'PO 2026/17 (B)',
    'Ä-1',
    '注文-12',
    'заказ_5',
    '१२',
    'a.b#c&d+e:f,g',
    'O\u0308-1',
    '#1',
  ])('may be %s', (text) => {
    expect(identifierFault(text)).toBeUndefined();
  });

  it.each([
    ['', 'is empty'],
    ['x'.repeat(101), 'is longer than 100 characters'],
    [' x', 'begins or ends with a blank'],
    ['x ', 'begins or ends with a blank'],
    ['x  y', 'holds two blanks in a row'],
    ['--help', 'begins with a hyphen, which commands take for an option'],
    ['./#', 'holds no letter and no digit'],
    // eslint-disable-next-line no-template-curly-in-string -- what a shell would expand
    ['CL-1;touch${IFS}x;#', 'holds the character U+003B, which no reference, number or code has'],
    ['CL\u001B[2J', 'holds the character U+001B, which no reference, number or code has'],
    ['CL\u009B2J', 'holds the character U+009B, which no reference, number or code has'],
    ['CL\u202E1', 'holds the character U+202E, which no reference, number or code has'],
    ['CL\u200B1', 'holds the character U+200B, which no reference, number or code has'],
    ['CL\u00A01', 'holds the character U+00A0, which no reference, number or code has'],
    ['CL\t1', 'holds the character U+0009, which no reference, number or code has'],
    ['CL\u31641', 'holds the character U+3164, which no reference, number or code has'],
    ['CL\uFE0F1', 'holds the character U+FE0F, which no reference, number or code has'],
    ['CL-1]', 'holds the character U+005D, which no reference, number or code has'],
    ['CL-\uFFFD', 'holds the character U+FFFD, which no reference, number or code has'],
    ['CL-\uD83D', 'holds the character U+D83D, which no reference, number or code has'],
    ['CL-😀', 'holds the character U+1F600, which no reference, number or code has'],
  ])('is not %j', (text, fault) => {
    expect(identifierFault(text)).toBe(fault);
  });

  it.each(Array.from('"\'`$|;[]<>{}\\*?!~^%=@'))('holds no %s', (character) => {
    expect(identifierFault(`a${character}b`)).toMatch(/^holds the character U\+/);
  });
});

describe('a record', () => {
  it('that is ordinary passes', () => {
    expect([
      purchaseOrderFault(purchaseOrder()),
      deliveryFault(report),
      invoiceFault(invoice),
      stockOrderFault(stockOrder),
    ]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('of a thousand ordinary deliveries passes, and of one more does not', () => {
    const of = (count: number): PurchaseOrder =>
      purchaseOrder({
        deliveries: Array.from({ length: count }, (_, index) =>
          delivery({ deliveryRef: `PO-10231-D${index}`, sequence: String(index) }),
        ),
      });
    expect(purchaseOrderFault(of(1_000))).toBeUndefined();
    expect(purchaseOrderFault(of(1_001))).toBe('deliveries has 1001 entries: more than 1000 deliveries');
  });

  it.each<[string, Partial<PurchaseOrder>, string]>([
    ['a PO number of 3 MB', { poNumber: 'P'.repeat(3_000_000) }, 'poNumber is longer than 100 characters'],
    [
      'instructions of 1.2 MB',
      { deliveries: [delivery(), delivery({ instructions: 'x'.repeat(1_200_000) })] },
      'deliveries.1.instructions is longer than 2000 characters',
    ],
    ['a title without end', { projectTitle: 'x'.repeat(501) }, 'projectTitle is longer than 500 characters'],
    ['a lost character in a figure', { net: '1\uFFFD00' }, 'net is not a decimal number'],
    [
      'a lost character in a reference',
      { orderRef: 'CL\uFFFD1' },
      'orderRef holds the character U+FFFD, which no reference, number or code has',
    ],
    ['a date that is none', { deliveryDate: 'soon' }, 'deliveryDate is not a date'],
    [
      'fifty-one files',
      {
        attachments: Array.from({ length: 51 }, () => ({ attachmentRef: 'A', fileName: 'a.pdf', mimeType: 'x/y' })),
      },
      'attachments has 51 entries: more than 50 attachments',
    ],
    [
      'long texts in every delivery',
      {
        deliveries: Array.from({ length: 100 }, (_, at) =>
          delivery({ deliveryRef: `D${at}`, instructions: 'x'.repeat(2_000) }),
        ),
      },
      'the whole record has 226664 bytes: more than 76000',
    ],
  ])('with %s stays out', (_, change, fault) => {
    expect(purchaseOrderFault(purchaseOrder(change))).toBe(fault);
  });

  it('keeps what people write: a title of 300, a lost character, a PO number of 60, no status', () => {
    const change = { projectTitle: `${'T'.repeat(299)}\uFFFD`, poNumber: 'P'.repeat(60), status: '' };
    expect(purchaseOrderFault(purchaseOrder(change))).toBeUndefined();
  });

  it.each<[string, string | undefined, string]>([
    ['a delivery', deliveryFault({ ...report, uid: 'DL-1`id`' }), 'uid holds the character U+0060'],
    ['a delivery without a status', deliveryFault({ ...report, status: 'x'.repeat(201) }), 'status is longer than 200'],
    ['an invoice', invoiceFault({ ...invoice, invoiceNumber: '[x](http://y)' }), 'invoiceNumber holds the character'],
    [
      'an invoice of too many lines',
      invoiceFault({
        ...invoice,
        lines: Array.from({ length: 1_001 }, () => ({ description: null, quantity: '1', net: '1', tax: null })),
      }),
      'lines has 1001 entries',
    ],
    ['a stock order', stockOrderFault({ ...stockOrder, stockOrderRef: '' }), 'stockOrderRef is empty'],
  ])('%s is looked at by the same rules', (_, fault, beginning) => {
    expect(fault?.startsWith(beginning)).toBe(true);
  });

  it('is told of in one short line without a character of its own', () => {
    const hostile = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(hostile, fc.constantFrom('uid', 'orderRef', 'net', 'lastModified', 'currency'), (text, field) => {
        const fault = purchaseOrderFault(purchaseOrder({ [field]: text }));
        expect(fault ?? '').toMatch(/^[\w .,:+-]{0,200}$/);
      }),
    );
  });
});

it('counts bytes as UTF-8 has them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(jsonBytes({ text })).toBe(Buffer.byteLength(JSON.stringify({ text })));
    }),
  );
  expect(bounds.lines).toBe(1_000);
});
