import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { FailureType } from '../../../src/domain/case/failure-types';
import { itemsOf } from '../../../src/transport/formats/soap-value';
import { parseXml, type XmlContent } from '../../../src/transport/formats/xml';
import type { ClaritumAuthentication } from '../../../src/vendors/claritum/credentials';
import type { Customer, Supplier } from '../../../src/vendors/claritum/requests';
import { ClaritumClient } from '../../../src/vendors/claritum/client';
import { golden, goldenName, writtenRequest } from '../golden';
import { serve, type Served } from '../served';

const PATH = '/system/ws/1.3/soap.php';
let served: Served;
let client: ClaritumClient;
beforeAll(async () => {
  // What was asked is all that counts here, so every answer is a defect.
  served = await serve(() => ({ status: 500, headers: { 'content-type': 'text/html' }, body: 'no' }));
  client = new ClaritumClient({
    endpoint: `${served.origin}${PATH}`,
    ...{ apiUid: 'SUP-1001', password: 'p<&>"w', role: 'supplier', msp },
  });
});
afterAll(async () => served.close());

async function requestOf(
  call: (claritum: ClaritumClient) => Promise<unknown>,
  as: ClaritumClient = client,
): Promise<string> {
  const before = served.requests.length;
  await expect(call(as)).rejects.toMatchObject({ code: 'HTTP_500' });
  const [request, ...others] = served.requests.slice(before);
  if (request === undefined || others.length > 0) throw new Error('not one request');
  return writtenRequest(request);
}

const receipt = {
  orderRef: '0010231',
  receiptRef: 'waybill 10231-1 & <co>',
  receivedDate: '2026-01-05T09:00:00Z',
  quantity: '8',
  deliveryNoteNumber: null,
};
const despatch = {
  stockOrderRef: 'SO-10231',
  despatchedDate: '2026-01-05T09:00:00Z',
  carrier: 'DHL',
  consignmentNumber: null,
};

const address = {
  description: null,
  company: 'Alpine & Co',
  street: '1 <High> Street',
  city: 'Zürich',
  county: null,
  postCode: '08001',
  country: 'CH',
};
const customer: Customer = {
  contacts: [
    { name: 'Bo', email: null, telephone: '0044' },
    { telephone: null, email: 'liv@example.com', name: 'Liv' },
  ],
  address,
  creditStop: false,
  exemptionNumber: null,
  taxNumber: 'GB1',
  nominalLedgerCode: '0400',
  accountsRef: '007',
  salesRepCode: 'R1',
  invoiceEmail: 'i@example.com',
  businessUnit: 'Print',
  accountManager: 'Ann',
  currency: 'GBP',
  telephone: '+44',
  companyRegistrationNumber: '01',
  tagName: 'ALP',
  name: 'Alpine',
  claritumId: null,
  externalId: 'C-1',
};
const supplier: Supplier = {
  users: [],
  address,
  customers: ['Alpine', 'Borealis'],
  activities: ['Print', 'Finishing'],
  accountingRef: 'S1',
  nominalLedgerCode: null,
  notes: 'pays late',
  fax: '1',
  telephone: '2',
  companyRegistrationNumber: '3',
  currency: 'EUR',
  name: 'Inks',
  claritumId: '100001',
  externalId: 'S-1',
};

const operations: [string, (claritum: ClaritumClient) => Promise<unknown>][] = [
  ['getPurchaseOrders', async (claritum) => claritum.getPurchaseOrders()],
  ['getSpecification', async (claritum) => claritum.getSpecification({ orderRefs: ['0010231', 'CL-2'] })],
  ['getAttachments', async (claritum) => claritum.getAttachments({ attachmentRefs: ['AT-1'] })],
  ['getDeliveries', async (claritum) => claritum.getDeliveries()],
  ['getPurchaseInvoices', async (claritum) => claritum.getPurchaseInvoices()],
  ['getSalesInvoices', async (claritum) => claritum.getSalesInvoices()],
  ['getStockOrders', async (claritum) => claritum.getStockOrders()],
  ['markExported', async (claritum) => claritum.markExported({ uids: ['PO-1', 'PI-é'] })],
  ['setGoodsReceipts', async (claritum) => claritum.setGoodsReceipts({ receipts: [receipt] })],
  ['setStockOrderStatus', async (claritum) => claritum.setStockOrderStatus({ despatches: [despatch] })],
  [
    'setCustomers',
    async (claritum) => claritum.setCustomers({ customers: [customer, { externalId: 'C-2', name: 'B' }] }),
  ],
  ['setSuppliers', async (claritum) => claritum.setSuppliers({ suppliers: [supplier] })],
];

/** Credentials that need care in every way they may travel. */
const account = { apiUid: 'SUP-1001é', password: 'p<&>"w' };
const msp = { apiUid: 'MSP-2001', password: 'msp-secret' };
const speaking = (authentication: ClaritumAuthentication): ClaritumClient =>
  new ClaritumClient({ endpoint: `${served.origin}${PATH}`, ...account, role: 'supplier', msp, authentication });

describe('what Claritum is sent', () => {
  it.each(operations)('for %s, byte by byte', async (operation, call) => {
    const request = await requestOf(call);
    expect(request).toBe(golden('claritum', `${goldenName(operation)}.http`, request));
  });

  it.each(operations)('for %s names parts and members the WSDL has, in its order', async (operation, call) => {
    const wsdl = await readWsdl();
    const body = (await requestOf(call)).split('\n\n')[1] ?? '';
    const parts = member(member(parseXml(body, { root: 'Envelope', lists: new Set(['item']) }), 'Body'), operation);
    const declared = wsdl.parts(operation);
    expect(Object.keys(parts)).toEqual(declared.map(({ name }) => name));
    for (const { name, type } of declared) {
      const members = wsdl.members(type);
      for (const record of itemsOf(parts[name]).filter((entry) => typeof entry === 'object')) {
        const sent = Object.keys(record ?? {});
        expect(sent).toEqual(members.filter((declaredName) => sent.includes(declaredName)));
      }
    }
  });

  it('has instants in whole seconds of UTC, however we keep them', async () => {
    const receivedDate = '2026-01-05T10:00:00.123+01:00';
    const receipts = [{ ...receipt, receivedDate }];
    const booking = await requestOf(async (claritum) => claritum.setGoodsReceipts({ receipts }));
    expect(booking).toContain('<receivedDate>2026-01-05T09:00:00Z</receivedDate>');
    const despatches = [{ ...despatch, despatchedDate: receivedDate }];
    const status = await requestOf(async (claritum) => claritum.setStockOrderStatus({ despatches }));
    expect(status).toContain('<despatchedDate>2026-01-05T09:00:00Z</despatchedDate>');
  });

  it('is nothing at all where there is nothing to say', async () => {
    const before = served.requests.length;
    expect(await client.getSpecification({ orderRefs: [] })).toEqual([]);
    expect(await client.getAttachments({ attachmentRefs: [] })).toEqual([]);
    await client.markExported({ uids: [] });
    await client.setGoodsReceipts({ receipts: [] });
    await client.setStockOrderStatus({ despatches: [] });
    await client.setCustomers({ customers: [] });
    await client.setSuppliers({ suppliers: [] });
    expect(served.requests).toHaveLength(before);
  });

  it.each([['Alpine, Inc.'], ['ALL']])(
    'is not a customer called %s, whom Claritum would take for others',
    async (name) => {
      const before = served.requests.length;
      const sent = client.setSuppliers({ suppliers: [{ ...supplier, customers: [name] }] });
      await expect(sent).rejects.toMatchObject({ type: FailureType.VendorRejected, code: 'UNSENDABLE' });
      expect(served.requests).toHaveLength(before);
    },
  );
});

describe('the credentials', () => {
  it.each(['parameters', 'basic', 'ws-security'] as const)('travel as %s', async (way) => {
    for (const operation of ['getDeliveries', 'markExported'] as const) {
      const call = new Map(operations).get(operation);
      if (call === undefined) throw new Error(operation);
      const request = await requestOf(call, speaking(way));
      expect(request).toBe(golden('claritum', `${way}/${goldenName(operation)}.http`, request));
    }
  });

  it.each(operations)('are all that differs in %s', async (_, call) => {
    const bare = (request: string): string =>
      request
        .replace(/<apiUid>[^<]*<\/apiUid><password>[^<]*<\/password>/, '')
        .replace(/\nauthorization: .*/, '')
        .replace(/<soap:Header>.*<\/soap:Header>/, '');
    const [first, ...others] = await Promise.all(
      (['parameters', 'basic', 'ws-security'] as const).map(async (way) => requestTo(way, call)),
    );
    expect(others.map(bare)).toEqual([bare(first ?? ''), bare(first ?? '')]);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  it.each([
    ['basic', 'a:b', 'x'],
    ['ws-security', 'a', 'x\u0001'],
    ['ws-security', 'a\ufffe', 'x'],
  ] as const)(
    'are refused at once where they cannot travel as %s, and not shown',
    (authentication, apiUid, password) => {
      const make = () =>
        new ClaritumClient({ endpoint: served.origin, apiUid, password, role: 'supplier', authentication });
      expect(make).toThrow(RangeError);
      expect(make).toThrow(/^(?:HTTP Basic does not allow a colon|the (?:API UID|password) holds characters)/);
    },
  );

  it.each(['parameters', 'basic', 'ws-security'] as const)(
    'are not shown where the vendor quotes them (%s)',
    async (way) => {
      const echo = await serve(({ body, headers }) => ({
        status: 500,
        headers: { 'content-type': 'text/xml' },
        body:
          '<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Body><E:Fault><faultcode>E:Sender</faultcode>' +
          `<faultstring>no: ${escaped(`${body} ${String(headers.authorization)}`)}</faultstring></E:Fault></E:Body></E:Envelope>`,
      }));
      const asked = new ClaritumClient({ endpoint: echo.origin, ...quotable, role: 'supplier', authentication: way });
      const error: unknown = await asked.getDeliveries().catch((reason: unknown) => reason);
      await echo.close();
      const shown = inspect(error, { depth: 10, showHidden: true });
      expect(shown).toMatch(/no: (?:Basic )?\*{3}/);
      expect(shown).not.toContain('hunter2');
      expect(shown).not.toContain(Buffer.from(`${quotable.apiUid}:${quotable.password}`).toString('base64'));
    },
  );
});

const quotable = { apiUid: 'U', password: `hunter2<&>"'hunter2` };
/** What a careless vendor quotes of a request: the piece with the credentials. */
const escaped = (text: string): string => {
  const at = Math.max(text.indexOf('hunter2'), text.indexOf('Basic '));
  return text
    .slice(at, at + 100)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
};

/** A server of its own, so that requests which run together are told apart. */
async function requestTo(
  authentication: ClaritumAuthentication,
  call: (claritum: ClaritumClient) => Promise<unknown>,
): Promise<string> {
  const own = await serve(() => 'cut');
  const asked = new ClaritumClient({
    endpoint: `${own.origin}${PATH}`,
    ...account,
    role: 'supplier',
    msp,
    authentication,
  });
  await expect(call(asked)).rejects.toMatchObject({ code: 'RESET' });
  await own.close();
  const [request] = own.requests;
  if (request === undefined) throw new Error('nothing was sent');
  return writtenRequest(request);
}

interface Wsdl {
  parts(operation: string): { name: string; type: string }[];
  /** Of the entries of an array type; none for text. */
  members(arrayType: string): string[];
}

/** Reads the WSDL's own text, so that neither node-soap nor the client vouches for itself. */
async function readWsdl(): Promise<Wsdl> {
  const text = await readFile(join(__dirname, '../../../src/vendors/claritum/claritum.wsdl'), 'utf8');
  const between = (start: string, end: string): string => text.split(start)[1]?.split(end)[0] ?? '';
  const attributes = (piece: string, tag: RegExp): { name: string; type: string }[] =>
    [...piece.matchAll(tag)].map(([, name = '', type = '']) => ({ name, type }));
  return {
    parts: (operation) =>
      attributes(between(`<message name="${operation}In">`, '</message>'), /<part name="(\w+)" type="([\w:]+)"/g),
    members: (type) => {
      const entry = /arrayType="tns:(\w+)\[\]"/.exec(
        between(`<xsd:complexType name="${type.replace('tns:', '')}">`, '</xsd:complexType>'),
      )?.[1];
      if (entry === undefined) return [];
      const record = between(`<xsd:complexType name="${entry}">`, '</xsd:complexType>');
      return attributes(record, /<xsd:element name="(\w+)" type="([\w:]+)"/g).map(({ name }) => name);
    },
  };
}

function member(content: XmlContent, name: string): { readonly [name: string]: XmlContent } {
  const found =
    typeof content === 'object' && content !== null
      ? Object.entries(content).find(([key]) => key === name)?.[1]
      : undefined;
  if (typeof found !== 'object' || found === null) throw new Error(`no ${name}`);
  return Object.fromEntries(Object.entries(found));
}
