import { NorthScopeSandbox } from '../../src/sandbox/northscope/sandbox';
import { VendorError } from '../../src/transport/vendor-error';
import { NorthScopeClient, type NorthScopeConfig } from '../../src/vendors/northscope/client';
import { all, any, equals, oneOf, startsWith } from '../../src/vendors/northscope/where-clause';
import { serve, serveSandbox, type Served } from './served';

const account = { login: 'TestAPIUser@NorthScope.example.com', password: 'StrongPassword', companySk: '1' };
const order = {
  orderId: '0000010231-1',
  companyId: 'WAYBILL',
  poNumber: "PO-1042 O'Neil & Söhne",
  customerId: 'ALPINE',
  addressId: 'MAIN',
  siteId: 'SEATTLE',
  orderDate: '2026-01-05',
  shipByDate: '2026-01-12',
  lines: [{ itemId: '0071', units: '60', unitsUom: 'Each' }],
};
const queued = { sourceSystem: 'Waybill', sourceTransactionId: order.orderId, created: '2026-01-05T09:00:00.000Z' };

let sandbox: NorthScopeSandbox;
let served: Served;
let northscope: NorthScopeClient;

const clientOf = (config: Partial<NorthScopeConfig> = {}): NorthScopeClient =>
  new NorthScopeClient({ endpoint: `${served.origin}/services/ActionCommand.svc/APIExecute`, ...account, ...config });

const requestNames = (): string[] =>
  served.requests.map(({ body }) => /<RequestName>(\w+)<|"RequestName":"(\w+)"/.exec(body)?.slice(1).join('') ?? '');

async function errorOf(call: Promise<unknown>): Promise<VendorError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof VendorError) return error;
    throw error;
  }
  throw new Error('expected the call to be refused');
}

beforeEach(async () => {
  sandbox = new NorthScopeSandbox({ inboundDelayMs: 600_000 });
  served = await serveSandbox(sandbox);
  northscope = clientOf();
});
afterEach(async () => {
  sandbox.close();
  await served.close();
});

async function enterOrder(): Promise<void> {
  await northscope.insertInboundIntegration({ ...queued, transactionType: 'SOOrder', data: order });
  sandbox.tick();
}

describe('the NorthScope client against the sandbox', () => {
  it('lists sites, all or by a filter', async () => {
    expect((await northscope.listSites({})).map(({ siteId }) => siteId)).toEqual(['SEATTLE', 'TACOMA']);
    const filtered = await northscope.listSites({ where: any(equals('Zip', '98402'), startsWith('SiteName', 'Tac')) });
    expect(filtered).toEqual([{ siteSk: '2', siteId: 'TACOMA', siteName: 'Tacoma Cold Store', companyId: 'WAYBILL' }]);
    expect(await northscope.listSites({ where: equals('SiteID', 'NOWHERE') })).toEqual([]);
  });

  it('lists items, units, addresses and companies, identifiers as they are written', async () => {
    expect(await northscope.listItems({ where: equals('ItemID', '0071') })).toMatchObject([
      { itemId: '0071', uomScheduleSk: '2', unitsUom: 'Each', isInactive: false },
    ]);
    expect(await northscope.listUomSchedules({ where: equals('ScheduleSK', '2') })).toEqual([
      { scheduleSk: '2', from: 'Box', to: 'Each', factor: '15.00000' },
      { scheduleSk: '2', from: 'Each', to: 'Each', factor: '1.00000' },
    ]);
    const addresses = await northscope.listCustomerAddresses({ where: equals('CustomerID', 'ALPINE') });
    expect(addresses.map(({ addressId }) => addressId).toSorted()).toEqual(['EAST', 'MAIN']);
    expect(addresses[0]).toMatchObject({ customerId: 'ALPINE', customerName: 'Alpine Retail Group' });
    expect(await northscope.listCompanies()).toEqual([{ dataEntityCompanySk: '1', companyId: 'WAYBILL' }]);
  });

  it('enters an order through the inbound queue, allocates it and sees it despatched', async () => {
    await enterOrder();
    const [entered] = await northscope.listSalesOrders({ where: oneOf('OrderID', [order.orderId, 'nowhere']) });
    expect(entered).toMatchObject({
      orderId: order.orderId,
      poNumber: order.poNumber,
      statusName: 'New',
      siteId: 'SEATTLE',
      lines: [{ itemId: '0071', orderUnits: '60.00000', allocatedUnits: '0.00000', shippedUnits: '0.00000' }],
    });
    const lots = await northscope.listInventoryLots({
      where: all(equals('ItemID', '0071'), equals('SiteID', 'SEATTLE')),
    });
    expect(lots).toEqual([
      {
        lotSk: '503',
        lot: 'L-2603',
        itemId: '0071',
        siteId: 'SEATTLE',
        availableUnits: '9000.00000',
        unitsUom: 'Each',
      },
    ]);
    const orderItemSk = entered?.lines[0]?.orderItemSk ?? '';
    await northscope.allocateSalesOrders({
      allocations: [
        { orderItemSk, lotSk: '503', units: '45', unitsUom: 'Each' },
        { orderItemSk, lotSk: '503', units: '1', unitsUom: 'Box' },
      ],
    });
    sandbox.despatch({ order: order.orderId, units: '20', date: '2026-01-06' });
    const [shipped] = await northscope.listSalesOrders({ where: equals('PONumber', order.poNumber) });
    expect(shipped?.lines[0]).toMatchObject({ allocatedUnits: '60.00000', shippedUnits: '20.00000' });
  });

  it('allocates in JSON as well, also a single allocation', async () => {
    await enterOrder();
    const json = clientOf({ format: 'json' });
    const [entered] = await json.listSalesOrders({ where: equals('OrderID', order.orderId) });
    const orderItemSk = entered?.lines[0]?.orderItemSk ?? '';
    await json.allocateSalesOrders({ allocations: [{ orderItemSk, lotSk: '503', units: '5', unitsUom: 'Each' }] });
    const [allocated] = await json.listSalesOrders({ where: startsWith('OrderID', '0000010231-') });
    expect(allocated?.lines[0]?.allocatedUnits).toBe('5.00000');
    expect(served.requests.map(({ headers }) => headers['content-type'])).toContain('application/json; charset=utf-8');
  });

  it('posts an adjustment of stock', async () => {
    await northscope.insertInboundIntegration({
      ...queued,
      transactionType: 'IMAdjustment',
      data: {
        companyId: 'WAYBILL',
        transactionId: order.orderId,
        siteId: 'SEATTLE',
        transactionDate: '2026-01-05',
        lines: [{ itemId: '0071', units: '-2.5', unitsUom: 'Each', lot: 'L-2603' }],
      },
    });
    sandbox.tick();
    const [lot] = await northscope.listInventoryLots({ where: equals('LotSK', '503') });
    expect(lot?.availableUnits).toBe('8997.50000');
  });

  it('logs in once for any number of concurrent calls', async () => {
    await Promise.all(Array.from({ length: 8 }, () => northscope.listSites({})));
    expect(requestNames().filter((name) => name === 'GenerateSessionToken')).toHaveLength(1);
    await northscope.generateSessionToken();
    expect(requestNames().filter((name) => name === 'GenerateSessionToken')).toHaveLength(2);
  });

  it('renews a lost session once and sends the refused request again, with one effect', async () => {
    await enterOrder();
    const [entered] = await northscope.listSalesOrders({ where: equals('OrderID', order.orderId) });
    sandbox.reset({ seed: 1, orders: 0 });
    await enterOrder();
    const orderItemSk = entered?.lines[0]?.orderItemSk ?? '';
    await northscope.allocateSalesOrders({
      allocations: [{ orderItemSk, lotSk: '503', units: '5', unitsUom: 'Each' }],
    });
    const [allocated] = await northscope.listSalesOrders({ where: equals('OrderID', order.orderId) });
    expect(allocated?.lines[0]?.allocatedUnits).toBe('5.00000');
    expect(sandbox.ledger()['inbound']).toHaveLength(1);
    expect(requestNames().filter((name) => name === 'GenerateSessionToken')).toHaveLength(2);
  });

  it('uses a static token without logging in, and has nothing to renew', async () => {
    const call = clientOf({ staticToken: '00000000-0000-0000-0000-000000000000' }).listSites({});
    expect(await errorOf(call)).toMatchObject({ type: 'VendorUnauthorized', code: 'INVALID_LOGIN' });
    expect(requestNames()).toEqual(['ListSites']);
  });

  it('is unauthorised with a wrong password, and sends nothing but the login', async () => {
    const call = clientOf({ password: 'wrong' }).allocateSalesOrders({
      allocations: [{ orderItemSk: '1', lotSk: '1', units: '1', unitsUom: 'Each' }],
    });
    expect(await errorOf(call)).toMatchObject({
      type: 'VendorUnauthorized',
      operation: 'AllocateSalesOrders',
      code: 'INVALID_LOGIN',
    });
    expect(requestNames()).toEqual(['GenerateSessionToken']);
  });

  it('calls a list by its configured alias, or learns the name of the samples where the heading is refused', async () => {
    await clientOf({ aliases: { ListSalesOrders: 'NorthPacificSalesOrder' } }).listSalesOrders({});
    expect(requestNames().at(-1)).toBe('NorthPacificSalesOrder');
    const prepare = sandbox.prepare.bind(sandbox);
    sandbox.prepare = (request) =>
      prepare({ ...request, body: request.body.replace('>ListSalesOrders<', '>Unheard<') });
    const before = served.requests.length;
    await northscope.listSalesOrders({});
    await northscope.listSalesOrders({});
    expect(requestNames().slice(before)).toEqual([
      'GenerateSessionToken',
      'ListSalesOrders',
      'NorthPacificSalesOrder',
      'NorthPacificSalesOrder',
    ]);
    const configured = clientOf({ aliases: { ListSites: 'ListPlaces' } }).listSites({});
    expect(await errorOf(configured)).toMatchObject({ type: 'VendorRejected', code: 'UNKNOWN_REQUEST' });
  });

  it.each([
    ['more than is available', { lotSk: '503', units: '9001', unitsUom: 'Each' }, 'INSUFFICIENT_AVAILABLE'],
    ['a lot that does not exist', { lotSk: '9', units: '1', unitsUom: 'Each' }, 'UNKNOWN_RECORD'],
    ['a unit the item has not', { lotSk: '503', units: '1', unitsUom: 'Pallet' }, 'INVALID_UOM'],
  ])('names the refusal of %s', async (_what, allocation, code) => {
    await enterOrder();
    const [entered] = await northscope.listSalesOrders({ where: equals('OrderID', order.orderId) });
    const orderItemSk = entered?.lines[0]?.orderItemSk ?? '';
    const error = await errorOf(northscope.allocateSalesOrders({ allocations: [{ orderItemSk, ...allocation }] }));
    expect(error).toMatchObject({ type: 'VendorRejected', code });
    expect(error.message).toMatch(/^northscope AllocateSalesOrders: refused: /);
  });

  it('reads a list once that a distorted answer repeats', async () => {
    await northscope.generateSessionToken();
    const prepare = sandbox.prepare.bind(sandbox);
    sandbox.prepare = (request) => {
      const call = prepare(request);
      if ('answer' in call || call.distortList === undefined) return call;
      return { ...call, commit: () => call.distortList?.('duplicate-delivery') ?? call.commit() };
    };
    expect(await northscope.listSites({})).toHaveLength(2);
  });

  it('takes another operation’s answer for none: a write is unknown, a list malformed', async () => {
    await northscope.generateSessionToken();
    const distracted = await serve((request) => {
      const call = sandbox.prepare(request);
      return 'answer' in call
        ? call.answer
        : call.operation === 'GenerateSessionToken'
          ? call.commit().answer
          : call.wrongAnswer();
    });
    const client = clientOf({ endpoint: `${distracted.origin}/services/ActionCommand.svc/APIExecute` });
    const where = equals('OrderID', order.orderId);
    expect(await errorOf(client.listSalesOrders({ where }))).toMatchObject({
      type: 'MalformedResponse',
      code: 'WRONG_ANSWER',
    });
    const insertion = client.insertInboundIntegration({ ...queued, transactionType: 'SOOrder', data: order });
    expect(await errorOf(insertion)).toMatchObject({ type: 'OutcomeUnknown', code: 'WRONG_ANSWER' });
    await distracted.close();
  });

  it('sends nothing for an input that breaks a rule', async () => {
    const allocation = { orderItemSk: '1', lotSk: '1', units: '1', unitsUom: 'Each' };
    const document = { ...queued, transactionType: 'SOOrder' as const };
    const refused = [
      northscope.listSites({ where: equals('SiteID', "x'; DROP TABLE Sites --") }),
      northscope.allocateSalesOrders({ allocations: [] }),
      northscope.allocateSalesOrders({ allocations: [{ ...allocation, units: '1e3' }] }),
      northscope.allocateSalesOrders({ allocations: [{ ...allocation, units: '-1' }] }),
      northscope.allocateSalesOrders({ allocations: [{ orderItemSk: '1', lotSk: '1' }] }),
      northscope.insertInboundIntegration({ ...document, data: { ...order, lines: [] } }),
      northscope.insertInboundIntegration({ ...document, data: { ...order, orderDate: '05.01.2026' } }),
      northscope.insertInboundIntegration({ ...document, data: { ...order, poNumber: '<![CDATA[x' } }),
      northscope.insertInboundIntegration({ ...document, sourceTransactionId: 'x'.repeat(26), data: order }),
    ];
    for (const call of refused) {
      expect(await errorOf(call)).toMatchObject({ type: 'VendorRejected', code: 'INVALID_INPUT' });
    }
    expect(served.requests).toHaveLength(0);
  });
});
