import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { itemsOf } from '../../src/transport/soap-value';
import { parseXml, type XmlContent } from '../../src/transport/xml';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import { golden, goldenName, writtenRequest } from './golden';
import { serve, type Served } from './served';

const PATH = '/system/ws/1.3/soap.php';
let served: Served;
let client: ClaritumClient;
beforeAll(async () => {
  // What was asked is all that counts here, so every answer is a defect.
  served = await serve(() => ({ status: 500, headers: { 'content-type': 'text/html' }, body: 'no' }));
  const account = { apiUid: 'SUP-1001', password: 'p<&>"w' };
  const msp = { apiUid: 'MSP-2001', password: 'msp-secret' };
  client = new ClaritumClient({ endpoint: `${served.origin}${PATH}`, ...account, role: 'supplier', msp });
});
afterAll(async () => served.close());

async function requestOf(call: (claritum: ClaritumClient) => Promise<unknown>): Promise<string> {
  const before = served.requests.length;
  await expect(call(client)).rejects.toMatchObject({ code: 'HTTP_500' });
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
];

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

  it('is nothing at all where there is nothing to say', async () => {
    const before = served.requests.length;
    expect(await client.getSpecification({ orderRefs: [] })).toEqual([]);
    expect(await client.getAttachments({ attachmentRefs: [] })).toEqual([]);
    await client.markExported({ uids: [] });
    await client.setGoodsReceipts({ receipts: [] });
    await client.setStockOrderStatus({ despatches: [] });
    expect(served.requests).toHaveLength(before);
  });
});

interface Wsdl {
  parts(operation: string): { name: string; type: string }[];
  /** Of the entries of an array type; none for text. */
  members(arrayType: string): string[];
}

/** Reads the WSDL's own text, so that neither node-soap nor the client vouches for itself. */
async function readWsdl(): Promise<Wsdl> {
  const text = await readFile(join(__dirname, '../../src/vendors/claritum/claritum.wsdl'), 'utf8');
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
