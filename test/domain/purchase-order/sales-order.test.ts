import * as fc from 'fast-check';
import {
  agreedPrices,
  isComplete,
  judgeSalesOrder,
  linesLikeOurs,
  ownLines,
  readNote,
  showsItsLists,
  type OwnSalesOrder,
  type SalesOrder,
  type SalesOrderLine,
} from '../../../src/domain/purchase-order/sales-order';
import { lineMarker } from '../../../src/domain/purchase-order/sales-order-number';

const marker = lineMarker('CL-900001');
const own: OwnSalesOrder = {
  marker,
  custNo: '8',
  poNo: 'PO-SHARED ',
  partNumber: 'BRO-A4-16',
  quantity: '100',
  unitOfMeasure: 'EACH',
  unitPrice: '0.85',
  currency: 'GBP',
  dueDates: [
    { dueDate: '2027-01-25', quantity: '50' },
    { dueDate: '2027-01-25', quantity: '50' },
  ],
};
const price = (amount: string, saleTypeId = 'OTHER') => ({
  ...{ plPriceLnk: `P${amount}${saleTypeId}`, uniqueLn: 'L1', price: amount, quantity: '0', saleTypeId },
});
const due = (dueDate: string, quantity: string) => ({
  ...{ dueDtUniq: `D${dueDate}${quantity}`, uniqueLn: 'L1', dueDate, shipDate: null, quantity },
});
const line = (changes: Partial<SalesOrderLine> = {}): SalesOrderLine => ({
  uniqueLn: 'L1',
  lineNo: '0000001',
  partNumber: null,
  revision: null,
  description: 'Brochure',
  quantity: '100.00000',
  unitOfMeasure: 'each',
  status: 'STANDARD',
  note: marker,
  prices: [price('0.85000')],
  dueDates: [due('2027-01-25', '50.0'), due('2027-01-25', '50')],
  ...changes,
});
const order = (changes: Partial<SalesOrder> = {}): SalesOrder => ({
  soNo: '0000900001',
  custNo: '0000000008',
  poNo: 'PO-SHARED',
  note: marker,
  isClosed: false,
  lines: [line()],
  ...changes,
});
const judged = (changes: Partial<SalesOrder>, wasSent: boolean): string =>
  judgeSalesOrder(order(changes), own, wasSent).kind;

describe('a line', () => {
  it.each<[string, Partial<SalesOrderLine>, boolean]>([
    ['open', {}, false],
    ['closed', { status: 'CLOSED' }, true],
    ['cancelled', { status: 'CANCEL' }, true],
    ['cancelled, in a longer word', { status: 'CANCELLED' }, true],
    ['shipped by ManEx itself', { isShipped: true }, true],
    ['held', { status: 'ADMIN HOLD' }, false],
  ])('that is %s asks for no more: %j is %s', (_how, changes, complete) => {
    expect(isComplete(line(changes))).toBe(complete);
  });

  it.each<[string, Partial<SalesOrderLine>, boolean, boolean, boolean]>([
    ['fills a list', {}, true, false, true],
    ['has never filled one', { prices: [], dueDates: [] }, false, false, false],
    ['has filled one before', { prices: [], dueDates: [] }, false, true, true],
    ['has filled one before, and leaves out a price there is', { dueDates: [] }, false, true, false],
  ])('of a server that %s shows its lists', (_how, changes, fillsLists, hasFilledOne, shown) => {
    expect(showsItsLists({ lines: [line(changes)], fillsLists }, hasFilledOne)).toBe(shown);
  });
});

describe('a note', () => {
  it.each([
    ['[waybill CL-900001]', 'ours'],
    ['[waybill CL-900001] call before delivery', 'ours'],
    ['CANCELLED [waybill CL-900001]', 'ours'],
    ['[waybill CL-900001-A]', 'another'],
    ['[waybill CL-9000011]', 'another'],
    ['CANCELLED [waybill BL-900001]', 'another'],
    ['[waybill CL-900001-A] replaces [waybill CL-900001]', 'another'],
    ['[waybill BL-90', 'another'],
    ['[waybill CL-9', 'perhaps'],
    ['replaces [waybill CL-900001]', 'perhaps'],
    ['', 'none'],
    ['PO-SHARED', 'none'],
  ])('%j is read as %s', (note, read) => {
    expect(readNote(note, marker)).toBe(read);
  });

  it('is never ours because of another reference, whatever the two are', () => {
    const references = fc.stringMatching(/^[A-Za-z0-9._#&+():,/ -]{1,20}$/);
    fc.assert(
      fc.property(references, references, fc.string(), (one, other, text) => {
        fc.pre(one !== other);
        expect(readNote(`${lineMarker(other)}${text}`, lineMarker(one))).toBe('another');
        expect(readNote(`${lineMarker(one)}${text}`, lineMarker(one))).toBe('ours');
      }),
    );
  });
});

describe('what stands under a number', () => {
  it.each([true, false])('is ours with our marker and our content, and not cancelled (sent: %s)', (wasSent) => {
    expect(judged({}, wasSent)).toBe('ours');
    expect(judged({ lines: [] }, wasSent)).toBe('ours');
    expect(judged({ lines: [line({ prices: [], dueDates: [], unitOfMeasure: '' })] }, wasSent)).toBe('ours');
  });

  it('is ours only with our marker and our content, and the next number is taken only where it is surely not', () => {
    const notes = [
      '',
      marker,
      `CANCELLED ${marker}`,
      `see ${marker}`,
      '[waybill CL-9',
      '[waybill BL-900001]',
      'theirs',
    ];
    const contents = fc.record({
      note: fc.constantFrom(...notes),
      custNo: fc.constantFrom('0000000008', '0000000009'),
      poNo: fc.constantFrom('PO-SHARED', 'PO-OTHER', ''),
      isClosed: fc.boolean(),
      lines: fc.array(fc.record({ note: fc.constantFrom(...notes), quantity: fc.constantFrom('100', '70') }), {
        maxLength: 2,
      }),
    });
    fc.assert(
      fc.property(contents, fc.boolean(), ({ lines, ...content }, wasSent) => {
        const standing = order({ ...content, lines: lines.map((changes) => line(changes)) });
        const { kind } = judgeSalesOrder(standing, own, wasSent);
        const isSame = standing.custNo === '0000000008' && standing.poNo === 'PO-SHARED' && !standing.isClosed;
        const isOursInContent =
          isSame && standing.lines.every(({ note, quantity }) => note === marker && quantity === '100');
        const isMarked = /^(CANCELLED )?\[waybill CL-900001\]/.test(standing.note);
        const isForeign = standing.note.startsWith('[waybill BL') || standing.custNo !== '0000000008';
        const isRight = {
          ours: standing.note === marker && isOursInContent && standing.lines.length < 2,
          another: !isMarked && (isForeign || !wasSent),
          unclear: true,
        };
        expect([kind, isRight[kind]]).toEqual([kind, true]);
      }),
    );
  });

  it.each<[string, Partial<SalesOrder>]>([
    ["another order's marker", { note: '[waybill BL-900001]' }],
    ["another order's marker, of the same buyer", { note: '[waybill CL-900001-A]' }],
    ['another customer and no marker', { note: '', custNo: '0000000009' }],
    ['another customer and a marker that breaks off', { note: '[waybill CL-9', custNo: '0000000009' }],
  ])('is another order’s with %s, sent or not', (_what, changes) => {
    expect(judged(changes, true)).toBe('another');
    expect(judged(changes, false)).toBe('another');
  });

  it('is another order’s without a marker where we never sent the number, though PO number and content agree', () => {
    expect(judged({ note: '' }, false)).toBe('another');
    expect(judged({ note: 'their own' }, false)).toBe('another');
    expect(judged({ note: '[waybill CL-9', poNo: 'OTHER' }, false)).toBe('another');
    expect(judgeSalesOrder(null, own, false).kind).toBe('another');
  });

  it.each<[string, Partial<SalesOrder>]>([
    ['no note, which may not have been kept', { note: '' }],
    ['a note that was cut', { note: '[waybill CL-900' }],
    ['a note that quotes our marker', { note: 'see [waybill CL-900001]' }],
  ])('is for a person where we sent the number and it has %s', (_what, changes) => {
    expect(judged(changes, true)).toBe('unclear');
    expect(judgeSalesOrder(null, own, true).kind).toBe('unclear');
  });

  it('is for a person with a marker in part, our customer and our PO number, though this run never sent it', () => {
    expect(judged({ note: '[waybill CL-900' }, false)).toBe('unclear');
  });

  it.each<[string, Partial<SalesOrder>, string]>([
    ['customer', { custNo: '0000000009' }, "its customer is '0000000009', ours '8'"],
    ['PO number', { poNo: 'PO-OTHER' }, "its PO number is 'PO-OTHER', ours 'PO-SHARED '"],
    ['quantity', { lines: [line({ quantity: '70' })] }, "its quantity is '70', ours '100'"],
    ['unit', { lines: [line({ unitOfMeasure: 'BOX' })] }, "its unit is 'BOX', ours 'EACH'"],
    ['part', { lines: [line({ partNumber: 'LBL-0071' })] }, "its part is 'LBL-0071', ours 'BRO-A4-16'"],
    ['price', { lines: [line({ prices: [price('0.95')] })] }, "its price is '0.95', ours '0.85'"],
    ['second price', { lines: [line({ prices: [price('0.85'), price('0.85', 'X')] })] }, 'prices of its line: 2'],
    ['due date', { lines: [line({ dueDates: [due('2027-01-26', '50')] })] }, 'a due date that is not ours'],
    ['third due date', { lines: [line({ dueDates: Array(3).fill(due('2027-01-25', '50')) })] }, 'not ours: 50 on'],
    ['second line', { lines: [line(), line({ uniqueLn: 'L2' })] }, 'lines with our marker: 2'],
    ['line of somebody else', { lines: [line(), line({ uniqueLn: 'L2', note: '' })] }, 'lines without our marker: 1'],
    ['line that is cancelled', { lines: [line({ status: 'CANCEL' })] }, 'cancelled or closed'],
    ['line that is closed', { lines: [line({ status: 'CLOSED' })] }, 'cancelled or closed'],
    ['header that is closed', { isClosed: true }, 'cancelled or closed'],
    ['header that was withdrawn', { note: `CANCELLED ${marker}`, lines: [] }, 'cancelled or closed'],
  ])('is for a person with our marker and another %s, sent or not', (_what, changes, because) => {
    for (const wasSent of [true, false]) {
      const owner = judgeSalesOrder(order(changes), own, wasSent);
      expect(owner).toMatchObject({ kind: 'unclear', isCancelled: because.includes('cancelled') });
      expect(owner.kind === 'unclear' && owner.because.join('; ')).toContain(because);
    }
  });
});

describe('the lines and prices of an order', () => {
  const lines = [
    line({ uniqueLn: 'A', note: 'as [waybill CL-900001]' }),
    line({ uniqueLn: 'B', note: '' }),
    line({ uniqueLn: 'C', note: '[waybill CL-900001-A]' }),
    line({ uniqueLn: 'D' }),
    line({ uniqueLn: 'E', note: '', quantity: '99' }),
  ];
  const keys = (found: readonly SalesOrderLine[]): string[] => found.map(({ uniqueLn }) => uniqueLn);

  it('are ours by marker or by the key we know, never by a quotation', () => {
    expect(keys(ownLines(order({ lines }), { marker }))).toEqual(['D']);
    expect(keys(ownLines(order({ lines }), { marker, uniqueLn: 'B' }))).toEqual(['B', 'D']);
    expect(ownLines(null, { marker })).toEqual([]);
  });

  it('may be ours where nobody’s marker stands and the content is ours', () => {
    expect(keys(linesLikeOurs(order({ lines }), own))).toEqual(['A', 'B']);
  });

  it('take a price of another amount or sale type for nobody’s of ours', () => {
    const prices = [price('0.85', 'OTHER'), price('0.85', 'FREIGHT'), price('0.86', 'OTHER')];
    expect(agreedPrices(line({ prices }), '0.850', 'OTHER')).toEqual([prices[0]]);
    expect(agreedPrices(line({ prices: [price('0.85', '')] }), '0.85', 'OTHER')).toHaveLength(1);
  });
});
