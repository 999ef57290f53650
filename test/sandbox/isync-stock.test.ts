import { inner, ISyncCaller, orderXml, parsed, since } from './isync-caller';

let isync: ISyncCaller;
beforeEach(() => {
  isync = new ISyncCaller();
});

const everything = {
  'TEE100BLK-S': '120000.00',
  'TEE100BLK-M': '200000.00',
  'TEE100WHT-M': '80000.00',
  '0071': '45000.00',
  'PRK900NVY-M': '12.00',
};

describe('GetProductStockUnits', () => {
  it('lists what changed after a time of the server, which is two hours ahead of UTC', () => {
    expect(isync.units()).toEqual(everything);
    expect(isync.units('2026-01-04T00:00:00')).toEqual({});
    isync.now = new Date('2026-01-05T10:00:00.250Z');
    expect(isync.sandbox.setUnits('0071', '7')).toEqual(['1004']);
    expect(isync.units('2026-01-05T12:00:00')).toEqual({ '0071': '7.00' });
    expect(isync.units('2026-01-05T12:00:00.250')).toEqual({});
    expect(isync.units('2026-01-05T11:00:00+01:00')).toEqual({ '0071': '7.00' });
    expect(isync.units('2026-01-05T11:00:01+01:00')).toEqual({});
    expect(isync.list('stock')[3]).toEqual({
      ...{ ProductStockID: '1004', SKU: '0071', ThirdPartyBarcode: '0071000000017', Units: '7' },
      AddedDate: '2026-01-05T12:00:00.25',
    });
  });

  it('tells what an order reserved, also below nothing', () => {
    isync.now = new Date('2026-01-05T10:00:00Z');
    isync.says('PersistWebSalesOrder', orderXml(['7350001100017', '7350001100048'], ['<Units>2<', '<Units>15<']));
    expect(isync.units('2026-01-05T11:59:59')).toEqual({ 'PRK900NVY-M': '-3.00' });
  });

  it('does not list what was counted and found right', () => {
    isync.now = new Date('2026-01-05T10:00:00Z');
    expect(isync.sandbox.setUnits('PRK900NVY-M', '12.000')).toEqual(['1005']);
    expect(isync.units('2026-01-05T00:00:00')).toEqual({});
    expect(isync.sandbox.setUnits('PRK900NVY', '1')).toBeUndefined();
  });

  it('may be asked for barcodes', () => {
    const barcodes = (list: string) => isync.units(undefined, `<ThirdPartyBarcode>${list}</ThirdPartyBarcode>`);
    expect(Object.keys(barcodes('7350001100048| 0071000000017|x'))).toEqual(['0071', 'PRK900NVY-M']);
    expect(barcodes('71000000017')).toEqual({});
    expect(barcodes('')).toEqual(everything);
  });

  it.each([
    ['1', false],
    ['true', false],
    ['0', true],
    ['false', true],
  ])('with AvailableUnits %s lists what is sold out: %s', (value, isListed) => {
    isync.sandbox.setUnits('0071', '0');
    expect('0071' in isync.units(undefined, `<AvailableUnits>${value}</AvailableUnits>`)).toBe(isListed);
    const plain = new ISyncCaller({ availableUnits: 'ignored' });
    plain.sandbox.setUnits('0071', '0');
    expect('0071' in plain.units(undefined, `<AvailableUnits>${value}</AvailableUnits>`)).toBe(true);
  });

  it('needs an AddedDate', () => {
    const says = (members: string) =>
      isync.says('GetProductStockUnits', inner('ProductStockUnitsQueryCriteria', members));
    expect(says('')).toBe('AddedDate is required.');
    expect(says('<AvailableUnits>1</AvailableUnits><AddedDate>2016-01-01T00:00:00</AddedDate>')).toBe(
      'AddedDate is required.',
    );
    expect(says('<AddedDate/>')).toMatch(/'' cannot be parsed as the type 'DateTime'/);
    expect(says('<AddedDate i:nil="true"/>')).toBe("ValueType 'System.DateTime' cannot be null.");
  });
});

describe('GetProductStockCatalogue', () => {
  it('lists the same articles with what the shop needs to know', () => {
    const catalogue = isync.read('GetProductStockCatalogue', since('Catalogue'));
    const rows = catalogue['ProductStockCatalogue'] as readonly Readonly<Record<string, unknown>>[];
    expect(rows.map(({ SKU, AvailableUnits }) => [SKU, AvailableUnits])).toEqual(Object.entries(everything));
    expect(rows[3]).toEqual({
      ...{ AvailableUnits: '45000.00', CustomFields: '', Description: 'Enamel mug, White', JobProductID: '703' },
      ...{ Prices: { decimal: '103.6000' }, ProductStockID: '1004', ProductUDs: { string: 'White' } },
      ...{ RetailPrices: { decimal: '129.50' }, SKU: '0071', Style: '0071', ThirdPartyBarcode: '0071000000017' },
    });
    expect(rows[0]).toMatchObject({ JobProductID: '701', ProductUDs: { string: ['Black', 'Small'] } });
  });

  it('is empty, and well formed, where nothing changed', () => {
    const { ResultXml } = isync.execute('GetProductStockCatalogue', since('Catalogue', '2030-01-01T00:00:00'));
    expect(parsed(ResultXml)).toEqual({ ArrayOfProductStockCatalogue: '' });
  });
});

it('ten thousand articles are listed without trouble', () => {
  const articles = Array.from({ length: 10_000 }, (_, index) => ({
    ...{ sku: `SKU-${index}`, barcode: String(7_350_000_000_000 + index), description: 'Nuts & <bolts>' },
    ...{ style: `S-${index % 700}`, properties: ['Black', 'M'], price: '299.00', units: String(index % 50) },
  }));
  isync = new ISyncCaller({ articles });
  for (const kind of ['Units', 'Catalogue'] as const) {
    const { outcome, answer } = isync.prepare(`GetProductStock${kind}`, since(kind)).commit();
    expect([outcome, answer.body.match(/&lt;SKU&gt;SKU-\d+&lt;/g)?.length]).toEqual(['ok', 10_000]);
  }
});
