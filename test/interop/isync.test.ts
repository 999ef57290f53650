import { XMLParser } from 'fast-xml-parser';
import { samplesOf, textsOf } from '../sandbox/samples';
import { describeWith, runPhp, startForeignClient } from './foreign-client';
import type { ForeignClient } from './foreign-client';
import { startWorld } from './sandbox-world';
import type { LedgerRecord, World } from './sandbox-world';

const path = '/SyncAPI/MessageService.svc';
const account = { username: 'webstore', password: 'A05E63A' };
const dto = 'xmlns="http://schemas.datacontract.org/2004/07/iSync.EAI.DTO"';
const available = [
  ...['GetProductStockCatalogue', 'GetProductStockUnits', 'PersistWebSalesOrder', 'GetWebSalesOrder'],
  'CreateWebCreditNote',
];

const parser = new XMLParser({ ignoreAttributes: true, removeNSPrefix: true, parseTagValue: false, trimValues: false });
type Fields = Readonly<Record<string, unknown>>;
/** The members of an inner document, its root taken off; white space between elements is none of them. */
const membersOf = (xml: string): Fields =>
  Object.values(parser.parse(xml.replaceAll(/>\s+</g, '><'), true) as Record<string, Fields>)[0] ?? {};
/** Every element's name as it opens: what is there, and in which order. */
const namesOf = (xml: string): readonly string[] => [...xml.matchAll(/<([A-Za-z]\w*)/g)].map(([, name = '']) => name);

/** As the document prints them, less what its web page did to them: blank lines, no-break spaces, a hidden address. */
const samples = samplesOf('isync');
const sample = (name: string, kind: string): string => {
  const [text] = samples.filter((each) => each.name === name).flatMap((each) => textsOf(each, kind));
  if (text === undefined) throw new Error(`no ${kind} of ${name}`);
  return text;
};

interface Result {
  readonly ResponseText: string;
  readonly ResultXml?: string | null;
  readonly Successflag: boolean;
  readonly PublishDate: string;
  readonly [member: string]: unknown;
}

/** Login, Execute with its five operations and GetAvailableOperations, each with what came back. */
function everyOperation(which: 'zeep' | 'php'): void {
  let world: World;
  let client: ForeignClient;
  let key = '';
  beforeAll(async () => {
    world = await startWorld();
    client = startForeignClient(which, world.origin);
  });
  afterAll(async () => {
    await client.close();
    await world.close();
  });

  /** zeep takes the result out of its wrapper, PHP leaves it in. */
  const ask = async (operation: string, given: Fields): Promise<unknown> => {
    if (which === 'zeep') return client.call({ path, operation, arguments: given });
    const answer = (await client.call({ path, operation, arguments: [given] })) as Fields;
    return answer[`${operation}Result`] ?? null;
  };
  const logIn = async (given = account): Promise<string | null> => (await ask('Login', given)) as string | null;
  const message = (MessageType: string, MessageXml: string) => ({
    ...{ Action: 'OTHER', Identifier: '007 & <8>', Instance: '7', MessageType, MessageXml },
    ...{ PublishDate: '2026-01-05T09:00:00+02:00', SessionKey: key, Source: 'Großhandel' },
  });
  const execute = async (type: string, xml: string): Promise<Result> =>
    (await ask('Execute', { request: message(type, xml) })) as Result;
  /** The inner document of a success, as text. */
  const read = async (type: string, xml: string): Promise<string> => {
    const { ResponseText, Successflag, ResultXml } = await execute(type, xml);
    expect([ResponseText, Successflag]).toEqual(['OK', true]);
    return ResultXml ?? '';
  };
  const held = (list: string) => world.records('isync', list);
  const orderOf = async (poNumber: string): Promise<LedgerRecord> =>
    (await held('salesOrders')).find(({ PONumber }) => PONumber === poNumber) ?? {};
  const salesOrderIdOf = async (poNumber: string): Promise<string> => {
    const { SalesOrderID } = await orderOf(poNumber);
    return typeof SalesOrderID === 'string' ? SalesOrderID : '';
  };

  beforeEach(async () => {
    key = (await logIn()) ?? '';
  });

  it('is read: three methods, at the address it was loaded from', async () => {
    const service = (await client.call({ path })) as { operations: readonly string[]; address?: string };
    expect(service.operations).toEqual(['Execute', 'GetAvailableOperations', 'Login']);
    expect(service.address).toBe(which === 'zeep' ? `${world.origin}${path}` : undefined);
  });

  it('Login gives a key, another each time, and the earlier one is void', async () => {
    const criteria = sample('GetProductStockCatalogue', 'request');
    expect(key).not.toBe('');
    expect((await execute('GetProductStockCatalogue', criteria)).Successflag).toBe(true);
    const newer = await logIn();
    expect(await execute('GetProductStockCatalogue', criteria)).toMatchObject({
      ...{ Successflag: false, ResponseText: 'Invalid session key' },
    });
    key = newer ?? '';
    expect((await execute('GetProductStockCatalogue', criteria)).Successflag).toBe(true);
  });

  it('Login with a wrong password gives none', async () => {
    expect(await logIn({ ...account, password: 'x' })).toBeNull();
  });

  it('GetAvailableOperations names the operations of Execute', async () => {
    const answer = await ask('GetAvailableOperations', {});
    const names = which === 'zeep' ? answer : (answer as { string: unknown }).string;
    expect(names).toEqual(expect.arrayContaining(available));
    // Two generated clients call these by their place in the list.
    expect((names as readonly string[]).slice(15, 17)).toEqual(['PersistWebSalesOrder', 'GetWebSalesOrder']);
  });

  it('Execute answers in correlation: what was sent comes back with the result', async () => {
    const answer = await execute('GetProductStockCatalogue', sample('GetProductStockCatalogue', 'request'));
    expect(answer).toMatchObject({
      ...{ Action: 'OTHER', Identifier: '007 & <8>', Instance: '7', MessageType: 'GetProductStockCatalogue' },
      ...{ Source: 'Großhandel', ResponseText: 'OK', Successflag: true },
    });
    expect(Date.parse(answer.PublishDate)).toBe(Date.parse('2026-01-05T07:00:00Z'));
  });

  it('GetProductStockCatalogue lists the stock, prices and all', async () => {
    const xml = await read('GetProductStockCatalogue', sample('GetProductStockCatalogue', 'request'));
    const rows = membersOf(xml)['ProductStockCatalogue'] as readonly Fields[];
    const stock = await held('stock');
    expect(rows.map(({ SKU, ThirdPartyBarcode, ProductStockID }) => [SKU, ThirdPartyBarcode, ProductStockID])).toEqual(
      stock.map(({ SKU, ThirdPartyBarcode, ProductStockID }) => [SKU, ThirdPartyBarcode, ProductStockID]),
    );
    expect(rows[3]).toMatchObject({
      ...{ SKU: '0071', ThirdPartyBarcode: '0071000000017', AvailableUnits: '45000.00' },
      ...{ Description: 'Enamel mug, White', RetailPrices: { decimal: '129.50' } },
    });
  });

  it('GetProductStockUnits lists three members of what is asked for', async () => {
    const criteria = (more: string) =>
      `<ProductStockUnitsQueryCriteria ${dto}><AddedDate>2016-01-01T00:00:00</AddedDate>${more}</ProductStockUnitsQueryCriteria>`;
    const two = '<ThirdPartyBarcode>0071000000017|7350001100048</ThirdPartyBarcode>';
    expect(membersOf(await read('GetProductStockUnits', criteria(two)))).toEqual({
      ProductStockUnits: [
        { ProductStockID: '1004', SKU: '0071', Units: '45000.00' },
        { ProductStockID: '1005', SKU: 'PRK900NVY-M', Units: '12.00' },
      ],
    });
    expect(membersOf(await read('GetProductStockUnits', criteria('')))['ProductStockUnits']).toHaveLength(5);
    const none = await read('GetProductStockUnits', criteria('<ThirdPartyBarcode>404</ThirdPartyBarcode>'));
    expect(namesOf(none)).toEqual(['ArrayOfProductStockUnits']);
  });

  it("GetProductStockUnits refuses the document's own sample, which is not well formed", async () => {
    const answer = await execute('GetProductStockUnits', sample('GetProductStockUnits', 'request'));
    expect(answer).toMatchObject({
      Successflag: false,
      ResponseText: expect.stringMatching(/deserializ|Error in line/),
    });
    expect(answer.ResultXml ?? null).toBeNull();
  });

  it('PersistWebSalesOrder takes the sample, GetWebSalesOrder shows it as its sample does', async () => {
    await read('PersistWebSalesOrder', sample('PersistWebSalesOrder', 'request'));
    const criteria = sample('GetWebSalesOrder', 'request').replace('081341987533', '1000124');
    const xml = await read('GetWebSalesOrder', criteria);
    expect(namesOf(xml)).toEqual(namesOf(sample('GetWebSalesOrder', 'answer')));
    expect(xml).toMatch(/<WarehouseID i:nil="true"\s*\/>/);
    expect(membersOf(xml)).toMatchObject({
      ...{ PONumber: '1000124', TrackNo: 'A1567516', StatusID: '3', RequiredDate: '2014-04-09T17:38:42' },
      ...{ DeliveryDetail: { PostCode: '0007', Country: 'England' }, WebCustomerName: 'John Doe', Comments: '' },
      LineItems: {
        WebSalesOrderDetail: {
          ...{ Units: '1.00', SellingPrice: '200.00', ExRate: '1.0000', ProductStockID: '0' },
          ThirdPartyBarcode: 'ABSCLS2110_00000000000621',
        },
      },
    });
  });

  it('PersistWebSalesOrder brings text as it was, and takes the goods off the stock', async () => {
    const before = (await held('stock')).find(({ SKU }) => SKU === '0071')?.['Units'];
    const xml = sample('PersistWebSalesOrder', 'request')
      .replace('1000124', '0000030')
      .replace('<Comments/>', '<Comments> a &lt; b &amp; "c" – Åse &#x1F4E6; </Comments>')
      .replace('ABSCLS2110_00000000000621', '0071000000017')
      .replace('<Units>1<', '<Units>3<');
    const stored = membersOf(await read('PersistWebSalesOrder', xml));
    expect(stored).toMatchObject({ PONumber: '0000030', Comments: ' a < b & "c" – Åse 📦 ' });
    expect(await orderOf('0000030')).toMatchObject({
      Comments: ' a < b & "c" – Åse 📦 ',
      LineItems: [{ Units: '3.00', ProductStockID: '1004' }],
    });
    const after = (await held('stock')).find(({ SKU }) => SKU === '0071')?.['Units'];
    expect(Number(before) - Number(after)).toBe(3);
  });

  it('GetWebSalesOrder does not find what is not there', async () => {
    const answer = await execute('GetWebSalesOrder', sample('GetWebSalesOrder', 'request'));
    expect(answer).toMatchObject({ Successflag: false, ResponseText: expect.stringContaining('081341987533') });
  });

  it('CreateWebCreditNote takes the sample for an order it knows, and says it back as the document shows', async () => {
    await read('PersistWebSalesOrder', sample('PersistWebSalesOrder', 'request').replace('1000124', 'ON/21838'));
    const number = `SO-${(await salesOrderIdOf('ON/21838')).padStart(8, '0')}`;
    const known = (text: string) => text.replace('SO-00026552', number);
    const xml = await read('CreateWebCreditNote', known(sample('CreateWebCreditNote', 'request')));
    expect(namesOf(xml)).toEqual(namesOf(sample('CreateWebCreditNote', 'answer')));
    expect(membersOf(xml)).toEqual(membersOf(known(sample('CreateWebCreditNote', 'answer'))));
    expect(await held('creditNotes')).toMatchObject([
      { PONumber: 'ON/21838', SalesOrderNumber: number, LineItems: [{ SellingPrice: '29.95' }, { CNTypeID: '4' }] },
    ]);
    const unknown = await execute('CreateWebCreditNote', sample('CreateWebCreditNote', 'request'));
    expect(unknown).toMatchObject({ Successflag: false, ResponseText: expect.stringContaining('SO-00026552') });
  });
}

describeWith('zeep', 'iSync', () => everyOperation('zeep'));

describeWith('PHP SoapClient', 'iSync', () => {
  everyOperation('php');

  describe('with a sample', () => {
    let world: World;
    beforeAll(async () => {
      world = await startWorld();
    });
    afterAll(() => world.close());

    it('runs the PHP sample of the document as it stands but for the address', async () => {
      const address = 'http://integration.mydomain.co.za';
      const code = `<?php\n${sample('PHP', 'login')}\n${sample('PHP', 'execute')}\necho json_encode($result);\n`;
      expect(code.split(address)).toHaveLength(2);
      const ran = await runPhp(code.replace(address, world.origin));
      const { ExecuteResult: answer } = JSON.parse(ran) as { ExecuteResult: Result };
      expect(answer).toMatchObject({
        ...{ Action: 'OTHER', Identifier: '1', Instance: '1', MessageType: 'GetProductStockCatalogue' },
        ...{ Source: 'Magento', ResponseText: 'OK', Successflag: true },
      });
      expect(membersOf(answer.ResultXml ?? '')['ProductStockCatalogue']).toHaveLength(5);
    });
  });
});
