import { byPoNumber, inner, ISyncCaller, orderXml, parsed } from './isync-caller';
import type { Edit } from './isync-caller';

let isync: ISyncCaller;
beforeEach(() => {
  isync = new ISyncCaller();
});

const persist = (...edits: readonly Edit[]) => isync.says('PersistWebSalesOrder', orderXml(...edits));
const get = (poNumber: string) => isync.read('GetWebSalesOrder', byPoNumber(poNumber));
const lineOf = (order: Readonly<Record<string, unknown>>) =>
  (order['LineItems'] as { readonly WebSalesOrderDetail: unknown }).WebSalesOrderDetail;
const number = (at = 0) => String(isync.list('salesOrders')[at]?.['SalesOrderNumber']);

describe('PersistWebSalesOrder', () => {
  it('creates the order, with what the server fills in, and returns it as GetWebSalesOrder does', () => {
    const { ResultXml } = isync.execute('PersistWebSalesOrder', orderXml());
    const order = get('30');
    expect(parsed(ResultXml)['WebSalesOrder']).toEqual(order);
    expect(order).toMatchObject({
      ...{ Comments: '', DeliveryMethodID: '0', EntitlementID: '0', IsGift: 'false', IsXStock: 'true', PONumber: '30' },
      ...{ PaymentMethodID: '0', PrintInvoice: 'true', RequiredDate: '2026-01-08T00:00:00', SpecialInstructions: '' },
      ...{ StatusID: '3', TrackNo: 'C-007', WebCustomerName: 'Åsa Öst', WebSale: 'true' },
      DeliveryDetail: { AddressLine1: 'Storgatan 1 & 2', AddressLine2: '', City: 'Malmö', WarehouseID: '' },
    });
    expect(lineOf(order)).toMatchObject({
      ...{ CNTypeID: '0', Comment: '', Commission: '0.00', Discount: '0.00', DueDate: '2026-01-05T00:00:00' },
      ...{ ExRate: '1.0000', InvoiceDate: '', InvoiceNumber: '', InvoiceSubCustomer: 'false', InvoiceUnits: '0.00' },
      ...{ ProductStockID: '1001', SalesOrderID: order['SalesOrderID'], SellingPrice: '299.00', StatusID: '3' },
      ...{ ThirdPartyBarcode: '7350001100017', Units: '2.00' },
    });
  });

  it('keeps the ledger in the vendor’s names, with strings, booleans and nulls', () => {
    persist();
    const [order = {}] = isync.list('salesOrders');
    expect(order).toMatchObject({ PONumber: '30', WebSale: true, LineItems: [{ Units: '2.00', InvoiceDate: null }] });
    expect(order['SalesOrderNumber']).toBe(`SO-${String(order['SalesOrderID']).padStart(8, '0')}`);
    expect(order['SalesOrderNumber']).toMatch(/^SO-0\d{7}$/);
  });

  it('derives its ids from the seed and the PONumber, not from who came first', () => {
    const other = new ISyncCaller();
    other.says('PersistWebSalesOrder', orderXml(['<PONumber>30<', '<PONumber>29<']));
    other.says('PersistWebSalesOrder', orderXml());
    persist();
    expect(other.list('salesOrders')[1]).toEqual(isync.list('salesOrders')[0]);
    isync.sandbox.reset({ seed: 2, orders: 0 });
    isync.key = isync.login();
    persist();
    expect(number()).not.toBe(String(other.list('salesOrders')[1]?.['SalesOrderNumber']));
  });

  it('takes a second order with the same PONumber, and reserves its goods as well', () => {
    expect([persist(), persist(['<Units>2<', '<Units>3<'])]).toEqual(['OK', 'OK']);
    expect(isync.list('salesOrders').map(({ PONumber }) => PONumber)).toEqual(['30', '30']);
    expect(number(0)).not.toBe(number(1));
    expect(lineOf(get('30'))).toMatchObject({ Units: '2.00' });
    expect(isync.units()['TEE100BLK-S']).toBe('119995.00');
  });

  it('refuses it with a switch', () => {
    isync = new ISyncCaller({ duplicatePoNumber: 'refuse' });
    expect([persist(), persist()]).toEqual(['OK', "A sales order with the PO Number '30' already exists."]);
    expect(isync.list('salesOrders')).toHaveLength(1);
  });

  const detail = '<DeliveryDetail>';
  it.each([
    ['DeliveryDetail is required.', detail, '<Unknown>', '</DeliveryDetail>', '</Unknown>'],
    ['DeliveryDetail is required.', detail, '<DeliveryDetail i:nil="true">', 'x', 'x'],
    ['AddressLine1 is required.', 'Storgatan 1 &amp; 2', ' ', 'x', 'x'],
    ['LineItems is required.', 'WebSalesOrderDetail>', 'WebSalesOrderDeail>', 'x', 'x'],
    ['LineItems is required.', 'LineItems>', 'Items>', 'x', 'x'],
    ['PONumber is required.', '>30<', '><', 'x', 'x'],
    ['RequiredDate is required.', '<RequiredDate>2026-01-08T00:00:00</RequiredDate>', '', 'x', 'x'],
    ['TrackNo is required.', 'C-007', '', 'x', 'x'],
    ['StatusID must be 1 (Pending) or 3 (Approved).', '<StatusID>3</StatusID><TrackNo>', '<TrackNo>', 'x', 'x'],
    [
      'Line 1: StatusID must be 1 (Pending) or 3 (Approved).',
      '<StatusID>3</StatusID><ThirdParty',
      '<StatusID>2</StatusID><ThirdParty',
      'x',
      'x',
    ],
    ['Line 1: ThirdPartyBarcode is required.', '7350001100017', '', 'x', 'x'],
    ['Line 1: SellingPrice must be >= 0.', '299.00', '-0.01', 'x', 'x'],
    ['Line 1: ExRate must be >= 0.', '<ExRate>1<', '<ExRate>-1<', 'x', 'x'],
    ['Line 1: Units must be > 0.', '<Units>2</Units>', '', 'x', 'x'],
    ['Line 1: CNTypeID must be >= 0.', '<CNTypeID>0<', '<CNTypeID>-1<', 'x', 'x'],
    [
      'Object reference not set to an instance of an object.',
      '<LineItems>',
      '<LineItems><WebSalesOrderDetail i:nil="true"/>',
      'x',
      'x',
    ],
  ])('says: %s', (text, from, to, alsoFrom, alsoTo) => {
    const xml = orderXml([from, to]).replaceAll(alsoFrom === 'x' ? '\u0000' : alsoFrom, alsoTo);
    expect(isync.says('PersistWebSalesOrder', xml)).toBe(text);
    expect(isync.list('salesOrders')).toEqual([]);
    expect(isync.units()['TEE100BLK-S']).toBe('120000.00');
  });

  it('takes prices and rates of 0, and a non-stock line without a barcode', () => {
    expect(persist(['>299.00<', '>0<'], ['<ExRate>1<', '<ExRate>0<'])).toBe('OK');
    expect(persist(['<CNTypeID>0<', '<CNTypeID>4<'], ['7350001100017', ''])).toBe('OK');
    expect(persist(['<CNTypeID>0<', '<CNTypeID>4<'])).toBe('OK');
    expect(isync.units()['TEE100BLK-S']).toBe('119998.00');
  });

  it('takes a barcode no article has with ProductStockID 0, or refuses it with a switch', () => {
    const edit = ['7350001100017', 'ABSCLS2110_00000000000621'] as const;
    expect(persist(edit)).toBe('OK');
    expect(lineOf(get('30'))).toMatchObject({ ProductStockID: '0', ThirdPartyBarcode: edit[1] });
    isync = new ISyncCaller({ unknownBarcode: 'refuse' });
    expect(persist(edit)).toBe(`Line 1: no product has the barcode '${edit[1]}'.`);
    expect(persist()).toBe('OK');
  });
});

describe('GetWebSalesOrder', () => {
  it('refuses what it does not find, or finds nothing, by a switch', () => {
    expect(isync.says('GetWebSalesOrder', byPoNumber('404'))).toBe(
      "Sales order with the PO Number '404' was not found.",
    );
    isync = new ISyncCaller({ orderNotFound: 'empty' });
    expect(isync.execute('GetWebSalesOrder', byPoNumber('404'))).toMatchObject({
      ...{ Successflag: 'true', ResponseText: 'OK', ResultXml: '' },
    });
  });

  it.each(['', '<PONumber/>', '<PONumber i:nil="true"/>'])('needs a PONumber: %j', (members) => {
    expect(isync.says('GetWebSalesOrder', inner('WebSalesOrderQueryCriteria', members))).toBe('PONumber is required.');
  });
});

describe('people', () => {
  it('invoice and ship a web order: its lines say so', () => {
    persist();
    isync.now = new Date('2026-01-05T22:30:00.5Z');
    const ids = isync.sandbox.ship({ webOrder: '30', tracking: 'PNL-1', invoiceNumber: 'F-9' });
    const order = get('30');
    expect(ids).toEqual([order['SalesOrderID']]);
    expect([order['StatusID'], lineOf(order)]).toEqual([
      '11',
      expect.objectContaining({
        ...{ InvoiceDate: '2026-01-06T00:30:00', InvoiceNumber: 'F-9', InvoiceReference: 'PNL-1' },
        ...{ InvoiceUnits: '2.00', StatusID: '11', Units: '2.00' },
      }),
    ]);
    expect(isync.sandbox.ship({ webOrder: '30', tracking: 'PNL-2', invoiceNumber: '' })).toEqual([]);
    expect(get('30')).toEqual(order);
    expect(isync.sandbox.ship({ webOrder: '31', tracking: '', invoiceNumber: '' })).toBeUndefined();
    expect(isync.units()['TEE100BLK-S']).toBe('119998.00');
  });

  it('make up an invoice number of the order’s own', () => {
    persist();
    isync.sandbox.ship({ webOrder: '30', tracking: '', invoiceNumber: '' });
    expect(lineOf(get('30'))).toMatchObject({ InvoiceNumber: number().replace('SO-', 'INV-'), InvoiceReference: '' });
  });

  it('work by themselves on what is approved, one thing a step', () => {
    persist();
    persist(['<PONumber>30<', '<PONumber>31<'], ['<StatusID>3</StatusID><TrackNo>', '<StatusID>1</StatusID><TrackNo>']);
    const steps = [1, 2, 3].map(() => {
      isync.sandbox.workOnOrders();
      return ['30', '31'].map((poNumber) => {
        const order = get(poNumber);
        const { StatusID, InvoiceUnits } = lineOf(order) as Record<string, string>;
        return [order['StatusID'], StatusID, InvoiceUnits];
      });
    });
    const pending = ['1', '3', '0.00'];
    expect(steps).toEqual([
      [['11', '11', '0.00'], pending],
      [['11', '11', '2.00'], pending],
      [['11', '11', '2.00'], pending],
    ]);
    expect(isync.sandbox.workOnOrders()).toEqual([]);
  });
});

describe('CreateWebCreditNote', () => {
  const line = (...edits: readonly (readonly [string, string])[]) =>
    edits.reduce(
      (all, [from, to]) => all.replace(from, to),
      '<CNTypeID>0</CNTypeID><Comment/><Discount>0.00</Discount><ExRate>1</ExRate><Reference/>' +
        '<SellingPrice>29.95</SellingPrice><ThirdPartyBarcode>7350001100017</ThirdPartyBarcode><Units>1</Units>',
    );
  const note = (lines = line(), salesOrderNumber = number(), poNumber = '30', comments = 'other') =>
    inner(
      'WebCreditNote',
      `<Comments>${comments}</Comments><LineItems><WebCreditNoteDetail>${lines}</WebCreditNoteDetail></LineItems>` +
        `<PONumber>${poNumber}</PONumber><Reference>ST-1</Reference><SalesOrderNumber>${salesOrderNumber}</SalesOrderNumber>` +
        `<TrackNo>C-007</TrackNo>`,
    );
  const says = (xml: string) => isync.says('CreateWebCreditNote', xml);
  beforeEach(() => {
    persist();
  });

  it('creates a pending one at every call, and answers with what was sent: no number', () => {
    const xml = note();
    expect(isync.execute('CreateWebCreditNote', xml)).toMatchObject({ ResponseText: 'OK', ResultXml: xml });
    expect(says(xml)).toBe('OK');
    expect(isync.list('creditNotes')).toMatchObject([
      { PONumber: '30', Status: 'Pending', LineItems: [{ Units: '1', SellingPrice: '29.95' }] },
      { PONumber: '30', Status: 'Pending' },
    ]);
    expect(isync.units()['TEE100BLK-S']).toBe('119998.00');
  });

  const rate = (value: string) => line(['<Reference/>', `<Rate>${value}</Rate><Reference/>`]);
  it('takes a Rate above 0 between ExRate and Reference, or none', () => {
    expect(says(note(rate('0.5')))).toBe('OK');
    expect(isync.list('creditNotes')).toMatchObject([{ LineItems: [{ Rate: '0.5' }] }]);
    expect(says(note(line(['<Reference/>', '<Reference/><Rate>0</Rate>'])))).toBe('OK');
  });

  it('takes a non-stock line without a barcode, as the document’s sample has it', () => {
    expect(says(note(line(['<CNTypeID>0<', '<CNTypeID>4<'], ['7350001100017', ''])))).toBe('OK');
  });

  it('takes either number where there are two orders with the PONumber', () => {
    persist();
    expect([number(0), number(1)].map((each) => says(note(line(), each)))).toEqual(['OK', 'OK']);
  });

  it.each([
    ['Line 1: Rate must be > 0.', () => note(rate('0'))],
    ['Line 1: Rate must be > 0.', () => note(rate('-1'))],
    ['Line 1: ExRate must be > 0.', () => note(line(['<ExRate>1</ExRate>', '']))],
    ['Line 1: SellingPrice must be > 0.', () => note(line(['29.95', '0.00']))],
    ['Line 1: Units must be > 0.', () => note(line(['<Units>1</Units>', '']))],
    ['Line 1: ThirdPartyBarcode is required.', () => note(line(['7350001100017', '']))],
    ['Comments is required.', () => note(line(), number(), '30', '')],
    ['SalesOrderNumber is required.', () => note(line(), '')],
    ['PONumber is required.', () => note(line(), number(), '')],
    ["Sales order 'SO-00000001' with the PO Number '30' was not found.", () => note(line(), 'SO-00000001')],
    [
      expect.stringMatching(/^Sales order 'SO-\d{8}' with the PO Number '31' was not found\.$/),
      () => note(line(), number(), '31'),
    ],
    [
      expect.stringMatching(/The value '' cannot be parsed as the type 'Decimal'\.$/),
      () => note(line(['<Units>1<', '<Units><'])),
    ],
  ])('says: %s', (text, xml) => {
    expect(says(xml())).toEqual(text);
    expect(isync.list('creditNotes')).toEqual([]);
  });
});
