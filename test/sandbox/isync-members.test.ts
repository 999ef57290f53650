import { byPoNumber, inner, ISyncCaller, orderXml, parsed, since } from './isync-caller';
import type { Edit } from './isync-caller';

let isync: ISyncCaller;
beforeEach(() => {
  isync = new ISyncCaller();
});

const persist = (...edits: readonly Edit[]) => isync.says('PersistWebSalesOrder', orderXml(...edits));
const stored = () => {
  const [order = {}] = isync.list('salesOrders');
  const [line = {}] = order['LineItems'] as readonly Readonly<Record<string, unknown>>[];
  return { order, line };
};
const price = '<SellingPrice>299.00</SellingPrice>';
const dto = 'http://schemas.datacontract.org/2004/07/iSync.EAI.DTO';

describe('an inner document is read as WCF reads it', () => {
  it('an element out of order is silently skipped: its number is 0', () => {
    expect(persist([`${price}<StatusID>3</StatusID>`, `<StatusID>3</StatusID>${price}`])).toBe('OK');
    expect(stored().line).toMatchObject({ SellingPrice: '0.00', StatusID: '3', Units: '2.00' });
  });

  it('order is ordinal, not alphabetical: PONumber before PaymentMethodID', () => {
    const [poNumber, payment] = ['<PONumber>30</PONumber>', '<PaymentMethodID>3</PaymentMethodID>'];
    expect(persist([poNumber, `${poNumber}${payment}`])).toBe('OK');
    expect(stored().order).toMatchObject({ PONumber: '30', PaymentMethodID: '3' });
    expect(persist([poNumber, `${payment}${poNumber}`])).toBe('PONumber is required.');
  });

  it.each([
    ['unknown', [price, `<Colour>red</Colour>${price}`]],
    ['repeated', [price, `${price}<SellingPrice>1.00</SellingPrice>`]],
    ['of another namespace', [price, `<SellingPrice xmlns="urn:x">1.00</SellingPrice>${price}`]],
    ['with a prefix for the same namespace', [price, `<q:SellingPrice xmlns:q="${dto}">299.00</q:SellingPrice>`]],
  ] as const)('an element that is %s does no harm', (_, edit) => {
    expect(persist(edit)).toBe('OK');
    expect(stored().line).toMatchObject({ SellingPrice: '299.00', Units: '2.00' });
  });

  it('a line of another name is skipped', () => {
    const extra = '<LineItems><WebSalesOrderDeail><Units>9</Units></WebSalesOrderDeail>';
    expect(persist(['<LineItems>', extra])).toBe('OK');
    expect(stored().order['LineItems']).toHaveLength(1);
  });

  it('a switch makes the required members faults', () => {
    isync = new ISyncCaller({ requiredMembers: 'exception' });
    expect(persist([`${price}<StatusID>3</StatusID>`, `<StatusID>3</StatusID>${price}`])).toMatch(
      new RegExp(
        `^Error in line 1 position \\d+\\. 'Element' 'StatusID' from namespace '${dto}' is not expected\\. Expecting element '.*SellingPrice'\\.$`,
      ),
    );
    expect(persist(['<TrackNo>C-007</TrackNo>', ''])).toMatch(/'EndElement' 'WebSalesOrder' .* 'TrackNo'\.$/);
    expect(persist()).toBe('OK');
  });

  it.each([
    [
      'another name',
      inner('ProductStockCatalogueUnitsCriteria', '<AddedDate>2016-01-01T00:00:00</AddedDate>'),
      `Error in line 1 position 151. Expecting element 'ProductStockUnitsQueryCriteria' from namespace '${dto}'.. ` +
        `Encountered 'Element'  with name 'ProductStockCatalogueUnitsCriteria', namespace '${dto}'.`,
    ],
    [
      'no namespace',
      '<?xml version="1.0" encoding="utf-16"?>\n<ProductStockUnitsQueryCriteria/>',
      `Error in line 2 position 34. Expecting element 'ProductStockUnitsQueryCriteria' from namespace '${dto}'.. ` +
        `Encountered 'Element'  with name 'ProductStockUnitsQueryCriteria', namespace ''.`,
    ],
    [
      'a nil',
      inner('ProductStockUnitsQueryCriteria', '').replace('>', ' i:nil="true">'),
      'Object reference not set to an instance of an object.',
    ],
  ])('a root of %s is refused', (_, xml, text) => {
    expect(isync.says('GetProductStockUnits', xml)).toBe(text);
  });

  it.each(['', 'no XML', '<a', since('Units').slice(0, -5), `${since('Units')}<a/>`, `<!DOCTYPE a>${since('Units')}`])(
    'what is no XML is refused: %j',
    (xml) => {
      expect(isync.says('GetProductStockUnits', xml)).toMatch(
        /^There was an error deserializing the object of type iSync\.EAI\.DTO\.ProductStockUnitsQueryCriteria\. .* Line 1, position \d+\.$/,
      );
    },
  );

  const wrong = (value: string, type: string) =>
    `There was an error deserializing the object of type iSync.EAI.DTO.WebSalesOrder. The value '${value}' cannot be parsed as the type '${type}'.`;

  it.each([
    ['<Units>2</Units>', '<Units/>', wrong('', 'Int32')],
    ['<Units>2</Units>', '<Units>2.00</Units>', wrong('2.00', 'Int32')],
    ['<Units>2</Units>', '<Units>2147483648</Units>', wrong('2147483648', 'Int32')],
    ['<Units>2</Units>', '<Units i:nil="true"/>', "ValueType 'System.Int32' cannot be null."],
    [price, '<SellingPrice>299,00</SellingPrice>', wrong('299,00', 'Decimal')],
    [price, '<SellingPrice>2.99E2</SellingPrice>', wrong('2.99E2', 'Decimal')],
    [price, '<SellingPrice>.</SellingPrice>', wrong('.', 'Decimal')],
    ['2026-01-08T00:00:00', '', wrong('', 'DateTime')],
    ['2026-01-08T00:00:00', '2026-02-30T00:00:00', wrong('2026-02-30T00:00:00', 'DateTime')],
    ['2026-01-08T00:00:00', '08/01/2026', wrong('08/01/2026', 'DateTime')],
    ['<LineItems>', '<IsGift>yes</IsGift><LineItems>', wrong('yes', 'Boolean')],
    ['<LineItems>', '<DeliveryMethodID/><LineItems>', wrong('', 'Int32')],
    [
      '<Comments/>',
      '<Comments>a<b/></Comments>',
      expect.stringContaining(`End element 'Comments' from namespace '${dto}' expected. Found element 'b'`),
    ],
    ['<LineItems>', 'x<LineItems>', expect.stringMatching(/^Error in line 1 .*Encountered 'Text' {2}with name ''/)],
  ])('%s → %s is refused', (from, to, text) => {
    expect(persist([from, to])).toEqual(text);
    expect(isync.list('salesOrders')).toEqual([]);
  });

  it.each([
    ['<Units>2</Units>', '<Units> +02 </Units>', { Units: '2.00' }],
    [price, '<SellingPrice>0299.5</SellingPrice>', { SellingPrice: '299.50' }],
    [price, '<SellingPrice>18.14369</SellingPrice>', { SellingPrice: '18.14369' }],
    [price, '<SellingPrice>-0</SellingPrice>', { SellingPrice: '0.00' }],
    ['<Discount>0.00</Discount>', '<Discount i:nil="true"/>', { Discount: '0.00' }],
    ['<ThirdPartyBarcode>7350001100017<', '<ThirdPartyBarcode> 007 &lt;<', { ThirdPartyBarcode: ' 007 <' }],
    [
      '<ExRate>1<',
      '<DueDate>2026-02-03T04:05:06.700</DueDate><ExRate>.5<',
      { DueDate: '2026-02-03T04:05:06.7', ExRate: '0.5000' },
    ],
  ])('%s → %s is taken', (from, to, line) => {
    expect(persist([from, to])).toBe('OK');
    expect(stored().line).toMatchObject(line);
  });

  it.each([
    ['2026-01-08', '2026-01-08T00:00:00'],
    ['2026-01-08T09:00:00+01:00', '2026-01-08T10:00:00'],
    ['2026-01-07T23:30:00-05:00', '2026-01-08T06:30:00'],
    ['2026-01-08T09:00:00Z', '2026-01-08T09:00:00'],
  ])('the time %s is the server’s %s', (sent, kept) => {
    persist(['2026-01-08T00:00:00', sent]);
    expect(stored().order).toMatchObject({ RequiredDate: kept });
  });

  it('an order that was read may be sent again, but for its units, which came as a decimal', () => {
    persist();
    const { ResultXml } = isync.execute('GetWebSalesOrder', byPoNumber('30'));
    expect(isync.says('PersistWebSalesOrder', ResultXml)).toMatch(/'2\.00' cannot be parsed as the type 'Int32'/);
    expect(isync.says('PersistWebSalesOrder', ResultXml.replace('>2.00<', '>2<'))).toBe('OK');
  });
});

describe('an inner document is written as WCF writes it', () => {
  const ordinal = (names: readonly string[]) => names.toSorted((left, right) => (left < right ? -1 : 1));

  it('with every member in ordinal order and the namespaces on the root only', () => {
    persist();
    const { ResultXml } = isync.execute('GetWebSalesOrder', byPoNumber('30'));
    expect(ResultXml).toMatch(
      new RegExp(`^<WebSalesOrder xmlns="${dto}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Comments/>`),
    );
    expect(ResultXml.match(/xmlns/g)).toHaveLength(2);
    const { WebSalesOrder: order = {} } = parsed(ResultXml) as Readonly<
      Record<string, Readonly<Record<string, object>>>
    >;
    const lines = order['LineItems'] as { WebSalesOrderDetail: object };
    for (const record of [order, order['DeliveryDetail'] ?? {}, lines.WebSalesOrderDetail]) {
      const names = Object.keys(record);
      expect(names).toEqual(ordinal(names));
      expect(names.length).toBeGreaterThan(13);
    }
  });

  it('with everything in a text that XML can carry', () => {
    persist(['Storgatan 1 &amp; 2', ' a&#xD;&#10;b\tc &lt;&amp;&gt; ]]&gt; 😀 ']);
    const { ResultXml } = isync.execute('GetWebSalesOrder', byPoNumber('30'));
    expect(ResultXml).toContain('<AddressLine1> a&#xD;\nb\tc &lt;&amp;&gt; ]]&gt; 😀 </AddressLine1>');
  });

  it('with the items of plain lists in the namespace of arrays, declared on the root', () => {
    const { ResultXml } = isync.execute('GetProductStockCatalogue', since('Catalogue'));
    expect(ResultXml).toContain(' xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"');
    expect(ResultXml.match(/xmlns/g)).toHaveLength(3);
    expect(ResultXml).toContain('<Prices><a:decimal>239.2000</a:decimal></Prices>');
  });
});
