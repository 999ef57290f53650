import { createClientAsync } from 'soap';
import { envelope, startClaritum } from './claritum-caller';
import type { ClaritumCaller } from './claritum-caller';
import { call } from './http-caller';

let claritum: ClaritumCaller;
beforeAll(async () => {
  claritum = await startClaritum();
});
afterAll(() => claritum.close());

const faultOf = async (body: string, headers: Record<string, string> = {}) => {
  const end = await claritum.post(body, headers);
  const [, code] = /<faultcode>([^<]*)/.exec(end.body ?? '') ?? [];
  const [, text] = /<faultstring>([^<]*)/.exec(end.body ?? '') ?? [];
  return [end.status, code, text];
};

describe('what the service shows of itself', () => {
  it('serves its WSDL with the real address', async () => {
    const { status, body, headers } = await call(`${claritum.url}?wsdl`, { method: 'GET' });
    expect([status, headers?.['content-type']]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(body).toContain(`<soap:address location="${claritum.url}"/>`);
  });

  it('documents every operation and record on a plain GET', async () => {
    const { body } = await call(claritum.url, { method: 'GET' });
    for (const name of ['getAttachments', 'setGoodsReceipts', 'markExported', 'PurchaseOrderDelivery', 'receiptRef']) {
      expect(body).toContain(name);
    }
  });

  it('knows one version and two methods', async () => {
    const other = claritum.url.replace('/1.3/', '/1.2/');
    expect((await call(other)).status).toBe(404);
    expect((await call(claritum.url, { method: 'DELETE' })).status).toBe(405);
  });
});

describe('a foreign client', () => {
  it('works unchanged: node-soap loads the served WSDL and calls reads and writes', async () => {
    const client = await createClientAsync(`${claritum.url}?wsdl`);
    const login = { apiUid: 'SUP-1001', password: 'supplier-secret' };
    type Answer = [{ return: { item?: unknown; $value?: unknown } }];
    const invoke = (operation: string, given: object): Promise<Answer> =>
      (client[`${operation}Async`] as (given: object) => Promise<Answer>)({ ...login, ...given });
    const [orders] = await invoke('getPurchaseOrders', {});
    expect(orders.return.item).toHaveLength(3);
    const [none] = await invoke('getPurchaseInvoices', {});
    expect(none.return.item).toBeUndefined();
    const [one] = await invoke('getSpecification', { orderRefs: { item: ['CL-10231'] } });
    expect(one.return.item).toMatchObject({ quantity: { $value: expect.any(Number) } });
    const goodsReceipts = {
      item: [{ orderRef: 'CL-10231', receiptRef: 'R&D <1>', receivedDate: '2026-01-05T09:00:00Z', quantity: '2' }],
    };
    const [booked] = await invoke('setGoodsReceipts', { goodsReceipts });
    expect(booked.return).toMatchObject({ $value: true });
    expect((await claritum.ledger()).claritum.goodsReceipts).toMatchObject([{ receiptRef: 'R&D <1>', quantity: '2' }]);
    await expect(invoke('markExported', { uids: { item: ['PO-404'] } })).rejects.toThrow(/UID PO-404 does not exist/);
  });

  const uids = (body: string) => claritum.post(envelope('markExported', body));
  it.each([
    ['items', '<uids><item>DL-10231-1</item><item>DL-10232-1</item></uids>', 'DL-10231-1,DL-10232-1'],
    [
      'typed and counted',
      '<uids xmlns:c="http://schemas.xmlsoap.org/soap/encoding/" c:arrayType="xsd:string[1]"><item i:type="s:string" xmlns:i="u" xmlns:s="v">DL-10231-1</item></uids>',
      'DL-10231-1',
    ],
    ['items of any name', '<uids><uid>DL-10231-1</uid><uid>DL-10232-1</uid></uids>', 'DL-10231-1,DL-10232-1'],
    ['a bare text', '<uids>DL-10231-1</uids>', 'DL-10231-1'],
    ['a repeated part', '<uids>DL-10231-1</uids><uids>DL-10232-1</uids>', 'DL-10231-1,DL-10232-1'],
    ['blanks between', '<uids>\n  <item>DL-10231-1</item>\n</uids>', 'DL-10231-1'],
    [
      'character references and CDATA',
      '<uids><item>DL-1023&#49;-1</item><item><![CDATA[DL-10232-1]]></item></uids>',
      'DL-10231-1,DL-10232-1',
    ],
    ['an empty list', '<uids/>', ''],
    ['a nil list', '<uids xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>', ''],
  ])('may write a list as %s', async (_, body, key) => {
    expect((await uids(body)).status).toBe(200);
    expect((await claritum.ledger()).calls.at(-1)?.['key']).toBe(key);
  });

  it('may send a bare record for a list of one, and refer to a record it wrote before', async () => {
    const bare =
      '<orderRef>CL-10232</orderRef><receivedDate>2026-01-05T10:00:00+01:00</receivedDate><quantity>007</quantity>';
    const twice = `<item id="ref1">${bare}</item><item href="#ref1"/>`;
    await claritum.ask('setGoodsReceipts', `<goodsReceipts>${bare}</goodsReceipts>`);
    await claritum.ask('setGoodsReceipts', `<goodsReceipts>${twice}</goodsReceipts>`);
    const booked = (await claritum.ledger()).claritum.goodsReceipts.filter(({ orderRef }) => orderRef === 'CL-10232');
    expect(booked.map(({ quantity, receivedDate }) => [quantity, receivedDate])).toEqual(
      Array.from({ length: 3 }, () => ['7', '2026-01-05T09:00:00Z']),
    );
  });

  it('may send its credentials as HTTP Basic or as a UsernameToken', async () => {
    const body = (header: string) =>
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">${header}<e:Body><getDeliveries/></e:Body></e:Envelope>`;
    const token =
      '<e:Header><w:Security xmlns:w="urn:wsse" e:mustUnderstand="1"><w:UsernameToken><w:Username>SUP-1001</w:Username>' +
      '<w:Password Type="PasswordText">supplier-secret</w:Password></w:UsernameToken></w:Security></e:Header>';
    const basic = `Basic ${Buffer.from('SUP-1001:supplier-secret').toString('base64')}`;
    expect((await claritum.post(body(token))).status).toBe(200);
    expect((await claritum.post(body(''), { authorization: basic })).status).toBe(200);
    expect((await claritum.post(body(''))).status).toBe(500);
  });
});

describe('what is no request of this service', () => {
  const good = envelope('getDeliveries', '');

  it.each([
    [
      'SOAP 1.2',
      good.replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
      'VersionMismatch',
      'Wrong Version',
    ],
    [
      'an unknown procedure',
      good.replaceAll('getDeliveries', 'getEverything'),
      'Client',
      "Procedure 'getEverything' not present",
    ],
    ['a procedure every object has', good.replaceAll('getDeliveries', 'constructor'), 'Client', 'Bad Request'],
    [
      'a header that must be understood',
      good.replace('<e:Body>', '<e:Header><x:T xmlns:x="u" e:mustUnderstand="1"/></e:Header><e:Body>'),
      'MustUnderstand',
      'Header not understood',
    ],
    ['cut off', good.slice(0, -20), 'Client', 'Bad Request'],
    ['empty', '', 'Client', 'Bad Request'],
    ['no XML', '{"hello":1}', 'Client', 'Bad Request'],
    ['a DOCTYPE', `<!DOCTYPE x [<!ENTITY a "b">]>${good}`, 'Client', 'Bad Request'],
    ['__proto__', good.replace('</w:get', '<__proto__>1</__proto__></w:get'), 'Client', 'Bad Request'],
    ['very deep', good.replace('</w:get', `${'<a>'.repeat(500)}${'</a>'.repeat(500)}</w:get`), 'Client', 'Bad Request'],
  ])('%s is a fault, and no call', async (_, body, code, text) => {
    const before = (await claritum.ledger()).calls.length;
    expect(await faultOf(body)).toEqual([500, `SOAP-ENV:${code}`, text]);
    expect((await claritum.ledger()).calls).toHaveLength(before);
  });

  it('SOAPAction and body must agree', async () => {
    expect(await faultOf(good, { soapaction: '"urn:x#markExported"' })).toEqual([
      500,
      'SOAP-ENV:Client',
      "SOAPAction does not name 'getDeliveries', the procedure of the body",
    ]);
    expect((await claritum.post(good, { soapaction: '"urn:any#getDeliveries"' })).status).toBe(200);
  });

  it('a circle of references ends', async () => {
    const circle = '<goodsReceipts id="a"><item href="#a"/></goodsReceipts>';
    expect((await faultOf(envelope('setGoodsReceipts', circle)))[0]).toBe(500);
  });
});

describe('faults in the vendor’s own way', () => {
  it.each([
    ['soap-fault', 'getDeliveries', 500, /<faultcode>SOAP-ENV:Sender/],
    ['wrong-answer', 'getDeliveries', 200, /<ns1:markExportedResponse>/],
    ['wrong-answer', 'markExported', 200, /<ns1:getPurchaseOrdersResponse>/],
    ['duplicate-delivery', 'getStockOrders', 200, /StockOrder\[2\]/],
    ['session-lost', 'getDeliveries', 200, /<ns1:getDeliveriesResponse>/],
  ])('%s on %s', async (fault, operation, status, body) => {
    await call(`${claritum.origin}/_sandbox/faults`, {
      body: JSON.stringify({ vendor: 'claritum', operation, fault }),
    });
    const end = await claritum.ask(operation);
    expect([end.status, end.body]).toEqual([status, expect.stringMatching(body)]);
    await call(`${claritum.origin}/_sandbox/faults`, { method: 'DELETE' });
  });
});
