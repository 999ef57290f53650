import { XMLParser } from 'fast-xml-parser';
import type { ISyncOptions } from '../../src/sandbox/isync/options';
import { ISyncSandbox } from '../../src/sandbox/isync/sandbox';
import type { PreparedCall, VendorAnswer, VendorRequest } from '../../src/sandbox/vendor';

export const path = '/SyncAPI/MessageService.svc';
export const account = { username: 'webstore', password: 'A05E63A' };
const dto = 'http://schemas.datacontract.org/2004/07/iSync.EAI.DTO';
const eai = 'http://schemas.datacontract.org/2004/07/iSync.EAI';
const namespaces = `xmlns="${dto}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"`;

const parser = new XMLParser({ ignoreAttributes: true, removeNSPrefix: true, parseTagValue: false, trimValues: false });

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An inner document with the vendor's namespaces on its root. */
export const inner = (root: string, members: string) => `<${root} ${namespaces}>${members}</${root}>`;

export const envelope = (body: string) =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${body}</e:Body></e:Envelope>`;

export const loginBody = ({ username, password } = account) =>
  envelope(
    `<Login xmlns="http://tempuri.org/"><username>${username}</username><password>${password}</password></Login>`,
  );

/** The message around an operation, its members in ordinal order. */
export const executeBody = (key: string, type: string, xml: string, publishDate = '2026-01-05T09:00:00+02:00') =>
  envelope(
    `<Execute xmlns="http://tempuri.org/"><request xmlns:r="${eai}"><r:Action>OTHER</r:Action>` +
      `<r:Identifier>41</r:Identifier><r:Instance>7</r:Instance><r:MessageType>${type}</r:MessageType>` +
      `<r:MessageXml>${escaped(xml)}</r:MessageXml><r:PublishDate>${publishDate}</r:PublishDate>` +
      `<r:SessionKey>${key}</r:SessionKey><r:Source>shop</r:Source></request></Execute>`,
  );

export const actionOf = (method: string) => `"http://tempuri.org/IMessageService/${method}"`;

type Members = Readonly<Record<string, unknown>>;

export interface Result {
  readonly ResponseText: string;
  readonly ResultXml: string;
  readonly Successflag: string;
  readonly [member: string]: string;
}

/** What a method returned, members by local name. */
export function resultOf(body: string, method = 'Execute'): Result {
  const { Envelope } = parser.parse(body, true) as { Envelope: { Body: Record<string, Record<string, Result>> } };
  const result = Envelope.Body[`${method}Response`]?.[`${method}Result`];
  if (result === undefined) throw new Error(`no ${method}Result: ${body}`);
  return result;
}

/** An inner document as plain members; lists of one come as one. */
export const parsed = (xml: string) => parser.parse(xml, true) as Readonly<Record<string, Members>>;

const line =
  '<CNTypeID>0</CNTypeID><Discount>0.00</Discount><ExRate>1</ExRate><SellingPrice>299.00</SellingPrice>' +
  '<StatusID>3</StatusID><ThirdPartyBarcode>7350001100017</ThirdPartyBarcode><Units>2</Units>';

const order =
  '<Comments/><DeliveryDetail><AddressLine1>Storgatan 1 &amp; 2</AddressLine1><City>Malmö</City>' +
  `<FullName>Åsa Öst</FullName></DeliveryDetail><LineItems><WebSalesOrderDetail>${line}</WebSalesOrderDetail>` +
  '</LineItems><PONumber>30</PONumber><RequiredDate>2026-01-08T00:00:00</RequiredDate><StatusID>3</StatusID>' +
  '<TrackNo>C-007</TrackNo>';

/** What is put in the place of what. */
export type Edit = readonly [from: string, to: string];

const edited = (text: string, edits: readonly Edit[]) =>
  edits.reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`nothing to edit: ${from}`);
    return all.replaceAll(from, to);
  }, text);

/** A good order in ordinal order, with what `edits` put in the place of its parts. */
export const orderXml = (...edits: readonly Edit[]) => inner('WebSalesOrder', edited(order, edits));

export const byPoNumber = (poNumber: string) => inner('WebSalesOrderQueryCriteria', `<PONumber>${poNumber}</PONumber>`);

export const since = (kind: 'Catalogue' | 'Units', addedDate = '2016-01-01T00:00:00', more = '') =>
  inner(`ProductStock${kind}QueryCriteria`, `<AddedDate>${addedDate}</AddedDate>${more}`);

/** iSync, called as the front calls it: prepare, then commit. It is 11 o'clock at the server. */
export class ISyncCaller {
  readonly sandbox: ISyncSandbox;
  /** The clock; a test may set it on. */
  now = new Date('2026-01-05T09:00:00Z');
  key: string;

  constructor(options: Partial<ISyncOptions> = {}) {
    this.sandbox = new ISyncSandbox({ now: () => this.now, ...options });
    this.key = this.login();
  }

  request(method: string, body: string, more: Partial<VendorRequest> = {}) {
    const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: actionOf(method) };
    return this.sandbox.prepare({ method: 'POST', path, query: '', origin: 'http://x', headers, body, ...more });
  }

  login(): string {
    const prepared = this.request('Login', loginBody());
    if ('answer' in prepared) throw new Error(prepared.answer.body);
    return resultOf(prepared.commit().answer.body, 'Login') as unknown as string;
  }

  prepare(type: string, xml: string, key = this.key): PreparedCall {
    const prepared = this.request('Execute', executeBody(key, type, xml));
    if ('answer' in prepared) throw new Error(`no call: ${prepared.answer.body}`);
    return prepared;
  }

  /** What Execute answered, whether it was a call or not. */
  execute(type: string, xml: string, key = this.key): Result {
    const prepared = this.request('Execute', executeBody(key, type, xml));
    return resultOf(('answer' in prepared ? prepared.answer : prepared.commit().answer).body);
  }

  /** The inner document of a success. */
  read(type: string, xml: string): Members {
    const { ResponseText, ResultXml } = this.execute(type, xml);
    if (ResponseText !== 'OK') throw new Error(ResponseText);
    return Object.values(parsed(ResultXml))[0] ?? {};
  }

  /** The refusal's text, or OK. */
  says(type: string, xml: string): string {
    const { Successflag, ResponseText, ResultXml } = this.execute(type, xml);
    if ((Successflag === 'true') !== (ResponseText === 'OK')) throw new Error(`${Successflag}: ${ResponseText}`);
    if (ResponseText !== 'OK' && ResultXml !== '') throw new Error(`refused, and yet ${ResultXml}`);
    return ResponseText;
  }

  list(part: 'stock' | 'salesOrders' | 'creditNotes') {
    return this.sandbox.ledger()[part] as readonly Members[];
  }

  /** Available units by SKU. */
  units(addedDate?: string, more?: string): Readonly<Record<string, string>> {
    const { ProductStockUnits: rows = [] } = this.read('GetProductStockUnits', since('Units', addedDate, more)) as {
      ProductStockUnits?: { SKU: string; Units: string } | readonly { SKU: string; Units: string }[];
    };
    return Object.fromEntries([rows].flat().map(({ SKU, Units }) => [SKU, Units]));
  }
}

export const answerOf = (prepared: PreparedCall | { readonly answer: VendorAnswer }): VendorAnswer => {
  if (!('answer' in prepared)) throw new Error('a call, not an answer');
  return prepared.answer;
};
