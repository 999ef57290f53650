import { inbound, NorthScopeCaller, request, soOrder } from './northscope-calls';

const transaction = (type: string, members: string, details: string) =>
  `<TransactionHeader><TransactionType>${type}</TransactionType><TransactionID>T-1</TransactionID>${members}` +
  `<CompanyID>WAYBILL</CompanyID>${details}</TransactionHeader>`;
const detail = (units: string, lot = 'L-2603', uom = 'Each') =>
  `<TransactionDetail><ItemSort /><ItemID>0071</ItemID><TransactionUnits>${units}</TransactionUnits>` +
  `<UnitsUOMID>${uom}</UnitsUOMID><Lot>${lot}</Lot></TransactionDetail>`;

/** The document's own sample: accepted, and fake (docs/vendors/northscope.md#insertinboundintegration). */
const sample = `<NSRequest>
    <RequestName>InsertInboundIntegration</RequestName>
    <RequestContent>
        <InboundIntegration>
            <Created>2019-12-2</Created>
            <SourceSystem>NS Test</SourceSystem>
            <SourceTransactionID>TransactionABC</SourceTransactionID>
            <TransactionType>IMTransferXYZ</TransactionType>
            <Data>
                <TransactionHeader>
                    <TransactionType>Adjustment</TransactionType>
                    <ReasonCode />
                    <TransactionDetail><ItemSort /><ItemID>1234321</ItemID></TransactionDetail>
                </TransactionHeader>
            </Data>
        </InboundIntegration>
    </RequestContent>
</NSRequest>`;

test("queues the document's sample and fails it later, in the queue alone", () => {
  const northscope = new NorthScopeCaller();
  expect(northscope.send(sample)).toEqual({ Timestamp: '2026-01-05T09:00:00.123', Success: 'true' });
  expect(northscope.inbound()).toEqual([
    {
      InboundSK: expect.stringMatching(/^\d{12}$/),
      SourceSystem: 'NS Test',
      SourceTransID: 'TransactionABC',
      TransactionType: 'IMTransferXYZ',
      Status: 'New',
      ErrorText: null,
      Data:
        '<TransactionHeader><TransactionType>Adjustment</TransactionType><ReasonCode />' +
        '<TransactionDetail><ItemSort /><ItemID>1234321</ItemID></TransactionDetail></TransactionHeader>',
    },
  ]);
  expect(northscope.sandbox.tick()).toEqual([northscope.inbound()[0]?.['InboundSK']]);
  expect(northscope.inbound()[0]).toMatchObject({
    Status: 'Error',
    ErrorText: "TransactionType 'IMTransferXYZ' is not supported.",
  });
  expect(northscope.sandbox.tick()).toEqual([]);
});

test('creates the order of an SO Order when its turn comes, not before', () => {
  const northscope = new NorthScopeCaller();
  const call = northscope.prepare(inbound('SRC-1', 'SOOrder', soOrder('0000000789-1')));
  expect(call).toMatchObject({ operation: 'InsertInboundIntegration', key: '0000000789-1' });
  expect(northscope.inbound()).toEqual([]);
  expect(call.commit()).toMatchObject({ outcome: 'ok', effects: 1 });
  expect(northscope.rows('ListSalesOrders')).toEqual([]);
  northscope.sandbox.tick();
  expect(northscope.inbound()[0]).toMatchObject({ Status: 'Completed', ErrorText: null });
  expect(northscope.rows('ListSalesOrders', "OrderID = '0000000789-1'")).toMatchObject([
    {
      OrderType: 'Order',
      StatusName: 'New',
      CustomerID: 'ALPINE',
      CustomerName: 'Alpine Retail Group',
      ShipToAddressID: 'MAIN',
      SiteID: 'SEATTLE',
      CompanyID: 'WAYBILL',
      PONumber: 'PO-1',
      OrderDate: '2026-01-05T00:00:00.000',
      ShipByDate: '2026-01-09T00:00:00.000',
    },
  ]);
  expect(northscope.line('0000000789-1')).toMatchObject({
    OrderItemSK: expect.stringMatching(/^\d{12}$/),
    LineSort: '1',
    ItemID: '0071',
    OrderUnits: '150.00000',
    UnitsUOM: 'Each',
    AllocatedUnits: '0.00000',
    ShippedUnits: '0.00000',
  });
});

test('works its queue off by itself', async () => {
  const northscope = new NorthScopeCaller({ inboundDelayMs: 1 });
  northscope.send(inbound('A', 'SO Order', soOrder('A')));
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  while (northscope.inbound()[0]?.['Status'] === 'New') await turn();
  expect(northscope.rows('ListSalesOrders')).toHaveLength(1);
  northscope.sandbox.close();
});

test('a known order stays as it is, and the queue completes all the same', () => {
  const northscope = new NorthScopeCaller();
  northscope.order('A');
  const before = northscope.sandbox.ledger()['salesOrders'];
  northscope.order('A', soOrder('A', { header: { PurchaseOrder: 'other', Site: 'TACOMA' } }));
  expect(northscope.sandbox.ledger()['salesOrders']).toEqual(before);
  expect(northscope.inbound().map((row) => row['Status'])).toEqual(['Completed', 'Completed']);
});

const line = (members: string) => `<Line>${members}</Line>`;

test.each([
  [{ header: { Company: 'OTHER' } }, "Company 'OTHER' does not exist."],
  [{ header: { Customer: 'NOBODY' } }, "Customer 'NOBODY' does not exist."],
  [{ header: { Customer: '' } }, 'Customer is required.'],
  [{ header: { ShipToAddress: 'WEST' } }, "ShipToAddress 'WEST' does not exist for customer 'ALPINE'."],
  [{ header: { Site: 'PORTLAND' } }, "Site 'PORTLAND' does not exist."],
  [{ header: { Order: '' } }, 'Order is required.'],
  [{ header: { Status: 'Shipped' } }, "Order 'A' does not exist."],
  [{ header: { OrderType: 'Return' } }, "Order 'A' does not exist."],
  [{ header: { Dates: '<OrderDate>2026-02-30</OrderDate>' } }, "OrderDate '2026-02-30' is not a valid date."],
  [{ lines: '' }, 'Lines is required.'],
  [{ lines: line('<Item>71</Item><Units>1</Units><UnitsUOM>Each</UnitsUOM>') }, "Item '71' does not exist."],
  [{ lines: line('<Item>0071</Item><Units>0</Units><UnitsUOM>Each</UnitsUOM>') }, "Units '0' is not valid."],
  [
    { lines: line('<Item>0071</Item><Units>1</Units><UnitsUOM>Bag</UnitsUOM>') },
    "UnitsUOM 'Bag' is not valid for item '0071'.",
  ],
])('an SO Order with %j becomes an error in the queue', (given, text) => {
  const northscope = new NorthScopeCaller();
  expect(northscope.send(inbound('A', 'SO Order', soOrder('A', given)))).toMatchObject({ Success: 'true' });
  northscope.sandbox.tick();
  expect(northscope.inbound()[0]).toMatchObject({ Status: 'Error', ErrorText: text });
  expect(northscope.sandbox.ledger()['salesOrders']).toEqual([]);
});

test('OrderItemSK comes from the order, not from who was first', () => {
  const [one, two] = [new NorthScopeCaller(), new NorthScopeCaller()];
  const first = [one.order('A'), one.order('B')];
  expect([two.order('B'), two.order('A')]).toEqual(first.toReversed());
  expect(first[0]).not.toBe(first[1]);
});

test.each([
  ['<SourceSystem />', 'SourceSystem is required.'],
  [`<SourceSystem>S</SourceSystem><SourceTransactionID>${'1'.repeat(26)}</SourceTransactionID>`, /at most 25/],
  ['<SourceSystem>S</SourceSystem>', 'TransactionType is required.'],
  ['<SourceSystem>S</SourceSystem><TransactionType>T</TransactionType>', 'Data is required.'],
  ['<Created>02.12.2019</Created>', "Created '02.12.2019' is not a valid date."],
  ['<SourceSystem>S</SourceSystem><TransactionType>T</TransactionType><Data>&lt;a</Data>', /not well formed/],
])('refuses an entry of %s', (entry, message) => {
  const northscope = new NorthScopeCaller();
  const body = request('InsertInboundIntegration', `<InboundIntegration>${entry}</InboundIntegration>`);
  expect(northscope.send(body).Error).toMatch(message);
  expect(northscope.inbound()).toEqual([]);
});

test('takes <Integ> as the text calls it, escaped Data, and the same SourceTransactionID again', () => {
  const northscope = new NorthScopeCaller();
  const body = inbound('X', 'SO Order', soOrder('A').replaceAll('<', '&lt;'));
  northscope.send(body.replaceAll('InboundIntegration>', 'Integ>').replace('InsertInteg', 'InsertInboundIntegration'));
  northscope.send(body.replaceAll(/(<\/?)InboundIntegration>/g, '$1Integ>'));
  expect(northscope.inbound()).toHaveLength(2);
  expect(new Set(northscope.inbound().map((row) => row['InboundSK'])).size).toBe(2);
  expect(northscope.prepare(body).key).toBe('A');
  northscope.sandbox.tick();
  expect(northscope.rows('ListSalesOrders')).toHaveLength(1);
});

test('the same adjustment adds its items again', () => {
  const northscope = new NorthScopeCaller();
  const document = transaction('Adjustment', '<SiteID>SEATTLE</SiteID>', detail('-4.5') + detail('2', 'L-2603', 'box'));
  for (const expected of ['9025.50000', '9051.00000']) {
    northscope.send(inbound('T-1', 'IM Adjustment', document));
    northscope.sandbox.tick();
    expect(northscope.lot('503')).toMatchObject({ OnHandUnits: expected, AvailableUnits: expected });
  }
});

test('an adjustment below what is available changes no lot, one of an unknown lot begins it', () => {
  const northscope = new NorthScopeCaller();
  const change = (details: string) => {
    northscope.send(inbound('T', 'IMAdjustment', transaction('Adjustment', '<SiteID>SEATTLE</SiteID>', details)));
    northscope.sandbox.tick();
    return northscope.inbound().at(-1);
  };
  expect(change(detail('100') + detail('-1', 'L-9'))).toMatchObject({ Status: 'Error' });
  expect(northscope.lot('503')).toMatchObject({ OnHandUnits: '9000.00000' });
  expect(change(detail('7', 'L-9'))).toMatchObject({ Status: 'Completed' });
  expect(northscope.rows('ListInventoryLots', "Lot = 'L-9'")).toMatchObject([
    { OnHandUnits: '7.00000', SiteID: 'SEATTLE' },
  ]);
});

test('a transfer moves stock between sites under one lot number', () => {
  const northscope = new NorthScopeCaller();
  const sites = '<FromSiteID>SEATTLE</FromSiteID><ToSiteID>TACOMA</ToSiteID>';
  const move = (units: string) => {
    northscope.send(inbound('T', 'IM Transfer', transaction('Transfer', sites, detail(units))));
    northscope.sandbox.tick();
    return northscope.inbound().at(-1);
  };
  expect(move('1000')).toMatchObject({ Status: 'Completed' });
  expect(northscope.rows('ListInventoryLots', "Lot = 'L-2603'").map((row) => row['OnHandUnits'])).toEqual([
    '8000.00000',
    '1000.00000',
  ]);
  expect(move('8000.5')).toMatchObject({ Status: 'Error' });
  expect(move('-1')).toMatchObject({ Status: 'Error', ErrorText: 'TransactionUnits must be greater than zero.' });
  expect(northscope.lot('503')).toMatchObject({ OnHandUnits: '8000.00000' });
});
