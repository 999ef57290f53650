import { XMLParser } from 'fast-xml-parser';
import { NorthScopeSandbox, type NorthScopeOptions } from '../../src/sandbox/northscope/sandbox';
import type { PreparedCall, VendorAnswer, VendorRequest } from '../../src/sandbox/vendor';

export const login = 'TestAPIUser@NorthScope.example.com';

export interface NSResponse {
  readonly Timestamp: string;
  readonly Success: string;
  readonly Error?: string;
  readonly [member: string]: unknown;
}

/** By path: a `<Lot>` has a member `<Lot>`. */
const entry = /(Site|Schedule|Company|Item|Lot|SalesOrder|SalesOrderDetail|CustomerShipTo)List\.\w+$/;
const parser = new XMLParser({ parseTagValue: false, isArray: (_, path) => entry.test(String(path)) });

export function read(answer: VendorAnswer): NSResponse {
  const { body } = answer;
  return (body.startsWith('<') ? parser.parse(body, true) : JSON.parse(body)).NSResponse;
}

export const request = (name: string, content = ''): string =>
  `<NSRequest><RequestName>${name}</RequestName><RequestContent>${content}</RequestContent></NSRequest>`;

export const list = (where = ''): string =>
  `<DataEntityCompanySK>1</DataEntityCompanySK>${where === '' ? '' : `<WhereClause>${where}</WhereClause>`}`;

/** An SO Order document of one line of labels, kept in Seattle in a lot of 9,000. */
export function soOrder(order: string, given: { header?: Record<string, string>; lines?: string } = {}): string {
  const header = Object.entries({
    Company: 'WAYBILL',
    Order: order,
    OrderType: 'Order',
    Status: 'New',
    Dates: '<OrderDate>2026-01-05</OrderDate><ShipByDate>2026-1-9</ShipByDate>',
    PurchaseOrder: 'PO-1',
    Customer: 'ALPINE',
    ShipToAddress: 'MAIN',
    Site: 'SEATTLE',
    ...given.header,
  });
  const line = '<Line><Item>0071</Item><Sequence>1</Sequence><Units>150</Units><UnitsUOM>Each</UnitsUOM></Line>';
  const members = header.map(([name, value]) => `<${name}>${value}</${name}>`).join('');
  return `<SalesOrders><SalesOrder><Header>${members}</Header><Lines>${given.lines ?? line}</Lines></SalesOrder></SalesOrders>`;
}

export const inbound = (id: string, type: string, data: string): string =>
  request(
    'InsertInboundIntegration',
    `<InboundIntegration><Created>2026-01-05</Created><SourceSystem>Waybill</SourceSystem>` +
      `<SourceTransactionID>${id}</SourceTransactionID><TransactionType>${type}</TransactionType>` +
      `<Data>${data}</Data></InboundIntegration>`,
  );

export type Row = Readonly<Record<string, string>>;

/** NorthScope, called as the front calls it: prepare, then commit. The queue moves on `tick` only. */
export class NorthScopeCaller {
  readonly sandbox: NorthScopeSandbox;
  token = '';

  constructor(options: Partial<NorthScopeOptions> = {}) {
    this.sandbox = new NorthScopeSandbox({
      now: () => new Date('2026-01-05T09:00:00.123Z'),
      inboundDelayMs: 600_000,
      ...options,
    });
    this.token = this.login();
  }

  login(): string {
    const content = `<LoginEmail>${login}</LoginEmail><Password>StrongPassword</Password>`;
    const { ResponseContent } = this.send(request('GenerateSessionToken', content));
    return (ResponseContent as { SessionToken: string }).SessionToken;
  }

  request(body: string): VendorRequest {
    return {
      method: 'POST',
      path: '/services/ActionCommand.svc/APIExecute',
      query: '',
      headers: { nslogin: login, nsapisession: this.token },
      body,
      origin: 'http://localhost',
    };
  }

  prepare(body: string): PreparedCall {
    const prepared = this.sandbox.prepare(this.request(body));
    if ('answer' in prepared) throw new Error(`no call: ${prepared.answer.body}`);
    return prepared;
  }

  answer(body: string): VendorAnswer {
    const prepared = this.sandbox.prepare(this.request(body));
    return 'answer' in prepared ? prepared.answer : prepared.commit().answer;
  }

  send(body: string): NSResponse {
    return read(this.answer(body));
  }

  /** The rows of a list; empty for an empty element. */
  rows(name: string, where = ''): Row[] {
    const response = this.send(request(name, list(where)));
    if (response.Success !== 'true') throw new Error(response.Error);
    const enclosing = Object.entries(response).find(([member]) => member.endsWith('List'))?.[1];
    const entries = typeof enclosing === 'object' && enclosing !== null ? Object.values(enclosing)[0] : [];
    return entries as Row[];
  }

  /** An order that exists, worked off the queue; its first OrderItemSK. */
  order(orderId: string, document = soOrder(orderId)): string {
    this.send(inbound(orderId, 'SO Order', document));
    this.sandbox.tick();
    return this.line(orderId)['OrderItemSK'] ?? '';
  }

  line(orderId: string): Row {
    const [order] = this.rows('ListSalesOrders', `OrderID = '${orderId}'`);
    const details = (order as unknown as { SalesOrderDetailList: { SalesOrderDetail: Row[] } } | undefined)
      ?.SalesOrderDetailList;
    const row = details?.SalesOrderDetail[0];
    if (row === undefined) throw new Error(`no order ${orderId}: ${JSON.stringify(this.inbound())}`);
    return row;
  }

  allocate(...allocations: { item: string; lot?: string; units?: string; uom?: string }[]): NSResponse {
    return this.send(allocation(...allocations));
  }

  lot(lotSk: string): Row {
    const [row] = this.rows('ListInventoryLots', `LotSK = ${lotSk}`);
    if (row === undefined) throw new Error(`no lot ${lotSk}`);
    return row;
  }

  inbound(): Row[] {
    return this.sandbox.ledger()['inbound'] as Row[];
  }
}

export const allocation = (...allocations: { item: string; lot?: string; units?: string; uom?: string }[]): string =>
  request(
    'AllocateSalesOrders',
    allocations
      .map(
        ({ item, lot = '503', units = '10', uom = 'Each' }) =>
          `<Allocation><OrderItemSK>${item}</OrderItemSK><LotSK>${lot}</LotSK>` +
          `<AllocateUnits>${units}</AllocateUnits><UnitsUOM>${uom}</UnitsUOM></Allocation>`,
      )
      .join(''),
  );
