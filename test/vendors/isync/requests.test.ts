import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VendorError } from '../../../src/transport/http/vendor-error';
import { ISyncClient } from '../../../src/vendors/isync/client';
import { golden, goldenName, writtenRequest } from '../golden';
import { sampleCreditNote, sampleOrder } from './orders';
import { isLogin, keyAnswer } from './vendor';
import { serve, type Served } from '../served';

const NO = { status: 500, headers: { 'content-type': 'text/html' }, body: 'no' };
const credentials = { username: 'webstore', password: 'A<5&>"' };

let served: Served;
let isync: ISyncClient;
beforeAll(async () => {
  // What was asked is all that counts here, so every answer but a login's is a defect.
  served = await serve((request) => (isLogin(request) ? keyAnswer('0007&amp;key') : NO));
  isync = new ISyncClient({ endpoint: `${served.origin}/SyncAPI/MessageService.svc`, ...credentials });
  await isync.login();
});
afterAll(async () => served.close());

/** The one request that a call sent, PublishDate aside: that one is the time of the call. */
async function requestOf(call: (client: ISyncClient) => Promise<unknown>, client = isync): Promise<string> {
  const before = served.requests.length;
  const start = Math.floor(Date.now() / 1000) * 1000;
  const end = await call(client).then(
    () => 'logged in',
    (error: unknown) => (error instanceof VendorError ? error.code : error),
  );
  expect(['logged in', 'HTTP_500']).toContain(end);
  const [request, ...others] = served.requests.slice(before);
  if (request === undefined || others.length > 0) throw new Error('not one request');
  return writtenRequest(request).replace(/(PublishDate [^>]*>)([^<]*)/, (_, tag: string, date: string) => {
    expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(date)).toBeGreaterThanOrEqual(start);
    expect(Date.parse(date)).toBeLessThanOrEqual(Date.now());
    return `${tag}2026-01-05T09:00:00Z`;
  });
}

const namesIn = (text: string | undefined, name: RegExp): string[] =>
  [...(text ?? '').matchAll(name)].map((match) => match[1] ?? '');

const messageOf = (request: string): string =>
  (/MessageXml [^>]*>([^<]*)/.exec(request)?.[1] ?? '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const orderOf = async (change: object): Promise<string> =>
  messageOf(await requestOf(async (client) => client.persistWebSalesOrder({ ...sampleOrder, ...change })));
const addedDate = '2016-06-01T00:00:00';

describe('what iSync is sent', () => {
  it.each<[string, (client: ISyncClient) => Promise<unknown>]>([
    ['Login', async (client) => client.login()],
    ['GetAvailableOperations', async (client) => client.getAvailableOperations()],
    ['GetProductStockCatalogue', async (client) => client.getProductStockCatalogue({ addedDate })],
    [
      'GetProductStockUnits',
      async (client) =>
        client.getProductStockUnits({ addedDate, availableUnits: true, thirdPartyBarcodes: ['007', 'A&B'] }),
    ],
    ['PersistWebSalesOrder', async (client) => client.persistWebSalesOrder(sampleOrder)],
    ['GetWebSalesOrder', async (client) => client.getWebSalesOrder({ poNumber: '081341987533' })],
    ['CreateWebCreditNote', async (client) => client.createWebCreditNote(sampleCreditNote)],
  ])('for %s, byte by byte', async (operation, call) => {
    const request = await requestOf(call);
    expect(request).toBe(golden('isync', `${goldenName(operation)}.http`, request));
  });

  it('in the members and the order of the WSDL, which is ordinal', async () => {
    const wsdl = await readFile(join(__dirname, '../../../src/vendors/isync/isync.wsdl'), 'utf8');
    const declared = (type: string): string[] =>
      namesIn(wsdl.split(`<xs:complexType name="${type}">`)[1]?.split('</xs:complexType>')[0], / name="(\w+)"/g);
    const request = await requestOf(async (client) => client.persistWebSalesOrder(sampleOrder));
    expect(namesIn(request, /<eai:(\w+) /g)).toEqual(declared('Request'));
    for (const type of ['Request', 'Response']) {
      expect(declared(type).length).toBeGreaterThan(7);
      expect(declared(type)).toEqual(declared(type).toSorted());
    }
  });

  it('leaves out what is not set, and sends no empty number or date', async () => {
    const unset = { comments: null, paymentMethodId: null, isGift: null, printInvoice: null };
    const message = await orderOf(unset);
    expect(message).not.toMatch(/Comments|PaymentMethodID|IsGift|PrintInvoice|DeliveryMethodID|SpecialInstructions/);
    expect([...message.matchAll(/<(\w+)><\/\1>/g)].map(([, name]) => name)).toEqual(['ThirdPartyBarcode']);
  });

  it('writes whole units and dates as their types want them', async () => {
    const message = await orderOf({ requiredDate: '2026-02-28' });
    expect(message).toContain('<RequiredDate>2026-02-28T00:00:00</RequiredDate>');
    expect([...message.matchAll(/<Units>(.*?)<\/Units>/g)].map(([, units]) => units)).toEqual(['1', '2']);
  });

  it('makes the SalesOrderNumber and the Rate by the rules of the installation', async () => {
    const own = new ISyncClient({
      endpoint: `${served.origin}/x`,
      ...credentials,
      creditNotes: { salesOrderNumber: (id) => `WEB/${id}`, rate: 'omitted' },
    });
    await own.login();
    const usual = messageOf(await requestOf(async (client) => client.createWebCreditNote(sampleCreditNote)));
    const message = messageOf(await requestOf(async (client) => client.createWebCreditNote(sampleCreditNote), own));
    expect(usual).toContain('<SalesOrderNumber>SO-00026552</SalesOrderNumber>');
    expect(usual).toContain('<ExRate>1</ExRate><Rate>1</Rate><Reference>R1</Reference>');
    expect(message).toContain('<SalesOrderNumber>WEB/26552</SalesOrderNumber>');
    expect(message).not.toContain('<Rate>');
  });
});

const [line] = sampleOrder.lines;
const [creditLine] = sampleCreditNote.lines;
const order = (change: object) => async (client: ISyncClient) =>
  client.persistWebSalesOrder({ ...sampleOrder, ...change });
const orderLine = (change: object) => order({ lines: [{ ...line, ...change }] });
const creditNoteLine = (change: object) => async (client: ISyncClient) =>
  client.createWebCreditNote({ ...sampleCreditNote, lines: [{ ...creditLine, ...change }] } as typeof sampleCreditNote);

describe('what iSync is not sent', () => {
  it.each<[string, (client: ISyncClient) => Promise<unknown>, string]>([
    ['a blank PO number', order({ poNumber: ' ' }), 'poNumber: is blank'],
    ['no lines', order({ lines: [] }), 'lines: '],
    ['a date with a zone', order({ requiredDate: '2026-01-05T09:00:00Z' }), 'requiredDate: is not a date'],
    ['a date that is none', order({ requiredDate: '2026-02-31' }), 'requiredDate: is not a date'],
    ['an int that is none', order({ paymentMethodId: '' }), 'paymentMethodId: is not a whole number'],
    ['a number of another field', order({ discount: '1' }), 'Unrecognized key'],
    ['half a unit', orderLine({ units: '0.5' }), 'lines.0.units: is not a whole number'],
    ['no units', orderLine({ units: '0.00' }), 'lines.0.units: is not more than 0'],
    ['units beyond an int', orderLine({ units: '2147483648' }), 'lines.0.units: is not a whole number'],
    ['a price below nothing', orderLine({ sellingPrice: '-0.01' }), 'lines.0.sellingPrice: is less than 0'],
    ['a rate in words', orderLine({ exRate: '1e0' }), 'lines.0.exRate: is not a decimal number'],
    ['more than all off', orderLine({ discount: '100.01' }), 'lines.0.discount: is more than 100'],
    ['goods without a barcode', orderLine({ thirdPartyBarcode: ' ' }), 'thirdPartyBarcode: is blank'],
    ['a control character', order({ comments: 'a\u0001b' }), 'comments: holds characters that XML does not allow'],
    ['a CDATA section', order({ comments: '<![CDATA[x]]>' }), 'comments: holds characters that XML does not allow'],
    ['a free credit', creditNoteLine({ sellingPrice: '0' }), 'lines.0.sellingPrice: is not more than 0'],
    ['a credit at no rate', creditNoteLine({ exRate: '0.0' }), 'lines.0.exRate: is not more than 0'],
    [
      'a barcode that is two',
      async (client) => client.getProductStockUnits({ addedDate, thirdPartyBarcodes: ['1|2'] }),
      'thirdPartyBarcodes.0: holds a pipe',
    ],
    ['a look-up of nothing', async (client) => client.getWebSalesOrder({ poNumber: '' }), 'poNumber: is blank'],
  ])('%s', async (_, call, fault) => {
    const before = served.requests.length;
    await expect(call(isync)).rejects.toMatchObject({
      type: 'VendorRejected',
      code: 'INVALID_INPUT',
      message: expect.stringContaining(fault) as string,
    });
    expect(served.requests).toHaveLength(before);
  });
});
