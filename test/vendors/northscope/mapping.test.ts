import { parseXml } from '../../../src/transport/formats/xml';
import { distinct, toCustomerAddress, toItem, toLot, toWarehouseOrder } from '../../../src/vendors/northscope/mapping';
import { lists, type ListShape } from '../../../src/vendors/northscope/schema';

const read = (text: string): unknown => parseXml(text, { root: text.slice(1, text.search(/[ >/]/)) });

function parsed<Wire>({ entries, record }: ListShape<Wire>, content: unknown): Wire[] {
  return entries.parse(content).map((entry) => record.parse(entry));
}

const detail = `<SalesOrderDetail><OrderItemSK>100</OrderItemSK><ItemID>0071</ItemID><OrderUnits>18.14369</OrderUnits>
  <UnitsUOM>Each</UnitsUOM><AllocatedUnits /><ShippedUnits>0.00000</ShippedUnits><Unheard>x</Unheard></SalesOrderDetail>`;
const order = (
  details: string,
): string => `<SalesOrder><OrderID>007-1</OrderID><PONumber>O&apos;Neil &amp; S&#246;hne</PONumber>
  <StatusName>New</StatusName><SiteID>SEATTLE</SiteID><CustomerID>ALPINE </CustomerID><ShipToAddressID />
  <OrderDate>2026-01-05T00:00:00.000</OrderDate><ShipByDate>2026-1-9</ShipByDate>${details}</SalesOrder>`;

describe('NorthScope records', () => {
  it.each([
    ['none', '<SalesOrderList />', 0],
    ['none, written out', '<SalesOrderList></SalesOrderList>', 0],
    ['one', `<SalesOrderList>${order('<SalesOrderDetailList/>')}</SalesOrderList>`, 1],
    ['many', `<SalesOrderList>${order('<SalesOrderDetailList/>').repeat(3)}</SalesOrderList>`, 3],
  ])('are a list, %s of them', (_what, text, length) => {
    expect(parsed(lists.ListSalesOrders, read(text))).toHaveLength(length);
  });

  it('keep identifiers and units as they are written; nothing allocated is zero', () => {
    const text = `<SalesOrderList>${order(`<SalesOrderDetailList>${detail}</SalesOrderDetailList>`)}</SalesOrderList>`;
    expect(parsed(lists.ListSalesOrders, read(text)).map(toWarehouseOrder)).toEqual([
      {
        orderId: '007-1',
        poNumber: "O'Neil & Söhne",
        statusName: 'New',
        siteId: 'SEATTLE',
        customerId: 'ALPINE',
        addressId: null,
        orderDate: '2026-01-05',
        shipByDate: '2026-01-09',
        lines: [
          {
            orderItemSk: '100',
            itemId: '0071',
            unitsUom: 'Each',
            orderUnits: '18.14369',
            allocatedUnits: '0',
            shippedUnits: '0.00000',
          },
        ],
      },
    ]);
  });

  it.each(['1900-01-01T00:00:00.000', '0001-01-01T00:00:00'])('take %s for no date', (none) => {
    const text = `<SalesOrderList>${order('<SalesOrderDetailList/>').replace('2026-01-05T00:00:00.000', none)}</SalesOrderList>`;
    expect(parsed(lists.ListSalesOrders, read(text)).map(toWarehouseOrder)).toMatchObject([{ orderDate: null }]);
  });

  it('take a date in no form that is known for none', () => {
    const text = `<SalesOrderList>${order('<SalesOrderDetailList/>').replace('2026-1-9', 'soon')}</SalesOrderList>`;
    expect(parsed(lists.ListSalesOrders, read(text)).map(toWarehouseOrder)).toMatchObject([{ shipByDate: null }]);
  });

  it('are refused where what decides is missing: the details, or what of them is allocated', () => {
    const without = `<SalesOrderList>${order('')}</SalesOrderList>`;
    expect(() => parsed(lists.ListSalesOrders, read(without))).toThrow('SalesOrderDetailList');
    const unsaid = detail.replace('<AllocatedUnits />', '');
    const half = `<SalesOrderList>${order(`<SalesOrderDetailList>${unsaid}</SalesOrderDetailList>`)}</SalesOrderList>`;
    expect(() => parsed(lists.ListSalesOrders, read(half))).toThrow('AllocatedUnits');
  });

  it('read a lot whose own number is called like its element', () => {
    const lot = `<Lot><LotSK>503</LotSK><Lot>L-2603</Lot><ItemID>0071</ItemID><SiteID>SEATTLE</SiteID>
      <AvailableUnits>-5.00000</AvailableUnits><UnitsUOM>Each</UnitsUOM></Lot>`;
    expect(parsed(lists.ListInventoryLots, read(`<LotList>${lot}${lot}</LotList>`)).map(toLot)).toEqual(
      Array(2).fill({
        lotSk: '503',
        lot: 'L-2603',
        itemId: '0071',
        siteId: 'SEATTLE',
        availableUnits: '-5.00000',
        unitsUom: 'Each',
      }),
    );
  });

  it.each([
    ['true', true],
    ['1', true],
    ['Yes', true],
    ['False', false],
    ['', false],
  ])('take an InactiveFlag of "%s" for %s', (flag, isInactive) => {
    const text = `<ItemList><Item><ItemSK>1</ItemSK><ItemID>0071</ItemID><UOMScheduleSK>2</UOMScheduleSK><InactiveFlag>${flag}</InactiveFlag></Item></ItemList>`;
    expect(parsed(lists.ListItems, read(text)).map(toItem)).toMatchObject([{ itemId: '0071', isInactive }]);
  });

  it('take an empty element for not set', () => {
    const text = `<CustomerShipToList><CustomerShipTo><CustomerID>ALPINE</CustomerID><CustomerName>Alpine</CustomerName>
      <AddressID>MAIN</AddressID><AddressName /><City /><Zip>01234</Zip></CustomerShipTo></CustomerShipToList>`;
    expect(parsed(lists.ListCustomerAddresses, read(text)).map(toCustomerAddress)).toMatchObject([
      { addressName: '', city: null, zip: '01234', country: null },
    ]);
  });

  it('lose exact repetitions only', () => {
    expect(distinct([{ a: '1' }, { a: '2' }, { a: '1' }])).toEqual([{ a: '1' }, { a: '2' }]);
  });
});
