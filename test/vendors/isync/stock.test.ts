import { FailureType } from '../../../src/domain/case/failure-types';
import type { VendorAnswer } from '../../../src/sandbox/vendor';
import { ISyncClient } from '../../../src/vendors/isync/client';
import { serveAnswering, succeeded } from './vendor';
import type { Served } from '../served';

const { MalformedResponse } = FailureType;
const addedDate = '2016-06-01T00:00:00';

let served: Served | undefined;
afterEach(async () => served?.close());

async function clientAnswered(answer: VendorAnswer): Promise<ISyncClient> {
  served = await serveAnswering(() => answer);
  return new ISyncClient({ endpoint: served.origin, username: 'webstore', password: 'A05E63A' });
}

const done = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    (error: unknown) => error,
  );

describe('stock', () => {
  const list = (entries: string): string =>
    `<ArrayOfProductStockUnits xmlns="http://schemas.datacontract.org/2004/07/iSync.EAI.DTO">${entries}</ArrayOfProductStockUnits>`;
  const entry = (sku: string, units: string): string =>
    `<ProductStockUnits><ProductStockID>0</ProductStockID><SKU>${sku}</SKU><Units>${units}</Units></ProductStockUnits>`;

  it.each<[string, string, string[]]>([
    ['none', '', []],
    ['one', entry('007', '4.00'), ['007 4.00']],
    ['many', entry('007', '4.00') + entry('A &amp; B', '-1'), ['007 4.00', 'A & B -1']],
  ])('units are read for %s', async (_, entries, expected) => {
    const isync = await clientAnswered(succeeded(list(entries)));
    const { records, unreadable } = await isync.getProductStockUnits({ addedDate });
    expect(records.map(({ sku, units }) => `${sku} ${units}`)).toEqual(expected);
    expect(unreadable).toEqual([]);
  });

  it('sets aside an entry that cannot be read, by its SKU and reason', async () => {
    const isync = await clientAnswered(succeeded(list(entry('A', 'many') + entry('B', '1') + entry('', '2'))));
    expect(await isync.getProductStockUnits({ addedDate })).toEqual({
      records: [{ productStockId: '0', sku: 'B', units: '1' }],
      unreadable: [
        { sku: 'A', reason: 'Units: is not a decimal number' },
        { sku: null, reason: 'SKU: is empty' },
      ],
    });
  });

  it('is not taken for none where the document is missing', async () => {
    const isync = await clientAnswered(succeeded(''));
    const empty = { type: MalformedResponse, code: 'EMPTY' };
    expect(await done(isync.getProductStockUnits({ addedDate }))).toMatchObject(empty);
    expect(await done(isync.getProductStockCatalogue({ addedDate }))).toMatchObject(empty);
  });

  it('is read as a catalogue with whatever its products hold', async () => {
    const arrays = 'xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"';
    const isync = await clientAnswered(
      succeeded(`<Products xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Product><AvailableUnits>4.00</AvailableUnits>
        <CustomFields ${arrays}><a:string>x</a:string><a:string>01</a:string></CustomFields>
        <JobProductID>12</JobProductID><Prices ${arrays}><a:decimal>1.10</a:decimal></Prices><ProductUDs/>
        <SKU>12345678901234567890</SKU><Season i:nil="true"/><Size><Code>0042</Code></Size><Style>ABS</Style></Product></Products>`),
    );
    expect(await isync.getProductStockCatalogue({ addedDate })).toEqual({
      records: [
        {
          sku: '12345678901234567890',
          jobProductId: '12',
          style: 'ABS',
          availableUnits: '4.00',
          details: {
            CustomFields: ['x', '01'],
            Prices: ['1.10'],
            ProductUDs: '',
            Season: null,
            Size: { Code: '0042' },
          },
        },
      ],
      unreadable: [],
    });
  });

  it('is read where there is a lot of it', async () => {
    const isync = await clientAnswered(succeeded(list(entry('007', '4.00').repeat(10_000))));
    expect((await isync.getProductStockUnits({ addedDate })).records).toHaveLength(10_000);
  });
});
