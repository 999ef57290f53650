import type { NorthScopeClient } from '../../../src/vendors/northscope/client';
import { all, any, equals, oneOf, startsWith } from '../../../src/vendors/northscope/where-clause';
import { errorOf, order, queued, startNorthScope, type NorthScopeAtWork } from './at-work';
import { serve } from '../served';

let atWork: NorthScopeAtWork;
let northscope: NorthScopeClient;

beforeEach(async () => {
  atWork = await startNorthScope();
  northscope = atWork.clientOf();
});
afterEach(() => atWork.close());

const enterOrder = (): Promise<void> => atWork.enter(northscope);

describe('the NorthScope client against the sandbox', () => {
  it('lists sites, all or by a filter', async () => {
    expect((await northscope.listSites({})).map(({ siteId }) => siteId)).toEqual(['SEATTLE', 'TACOMA']);
    const filtered = await northscope.listSites({ where: any(equals('Zip', '98402'), startsWith('SiteName', 'Tac')) });
    expect(filtered).toEqual([
      {
        ...{ siteSk: '2', siteId: 'TACOMA', siteName: 'Tacoma Cold Store', companyId: 'WAYBILL' },
        ...{ dataEntityCompanySk: '1', addressLine1: '200 Harbour Way', addressLine2: null, city: 'Tacoma' },
        ...{ state: 'WA', zip: '98402', country: 'US', phone1: '206-555-0102', fax: null },
      },
    ]);
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
    atWork.sandbox.despatch({ order: order.orderId, units: '20', date: '2026-01-06' });
    const [shipped] = await northscope.listSalesOrders({ where: equals('PONumber', order.poNumber) });
    expect(shipped?.lines[0]).toMatchObject({ allocatedUnits: '60.00000', shippedUnits: '20.00000' });
  });

  it('allocates in JSON as well, also a single allocation', async () => {
    await enterOrder();
    const json = atWork.clientOf({ format: 'json' });
    const [entered] = await json.listSalesOrders({ where: equals('OrderID', order.orderId) });
    const orderItemSk = entered?.lines[0]?.orderItemSk ?? '';
    await json.allocateSalesOrders({ allocations: [{ orderItemSk, lotSk: '503', units: '5', unitsUom: 'Each' }] });
    const [allocated] = await json.listSalesOrders({ where: startsWith('OrderID', '0000010231-') });
    expect(allocated?.lines[0]?.allocatedUnits).toBe('5.00000');
    expect(atWork.served.requests.map(({ headers }) => headers['content-type'])).toContain(
      'application/json; charset=utf-8',
    );
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
    atWork.sandbox.tick();
    const [lot] = await northscope.listInventoryLots({ where: equals('LotSK', '503') });
    expect(lot?.availableUnits).toBe('8997.50000');
  });

  it('moves stock from one site to another', async () => {
    await northscope.insertInboundIntegration({
      ...queued,
      transactionType: 'IMTransfer',
      data: {
        companyId: 'WAYBILL',
        transactionId: 'T-7',
        fromSiteId: 'SEATTLE',
        toSiteId: 'TACOMA',
        transactionDate: '2026-01-05',
        carrierId: 'NORTHWAY',
        lines: [{ itemId: '0071', units: '2', unitsUom: 'Box', lot: 'L-2603' }],
      },
    });
    atWork.sandbox.tick();
    const lots = await northscope.listInventoryLots({ where: equals('Lot', 'L-2603') });
    expect(lots.map(({ siteId, availableUnits }) => [siteId, availableUnits])).toEqual([
      ['SEATTLE', '8970.00000'],
      ['TACOMA', '30.00000'],
    ]);
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
    const prepare = atWork.sandbox.prepare.bind(atWork.sandbox);
    atWork.sandbox.prepare = (request) => {
      const call = prepare(request);
      if ('answer' in call || call.distortList === undefined) return call;
      return { ...call, commit: () => call.distortList?.('duplicate-delivery') ?? call.commit() };
    };
    expect(await northscope.listSites({})).toHaveLength(2);
  });

  it('takes another operation’s answer for none: a write is unknown, a list malformed', async () => {
    await northscope.generateSessionToken();
    const distracted = await serve((request) => {
      const call = atWork.sandbox.prepare(request);
      return 'answer' in call
        ? call.answer
        : call.operation === 'GenerateSessionToken'
          ? call.commit().answer
          : call.wrongAnswer();
    });
    const client = atWork.clientOf({ endpoint: `${distracted.origin}/services/ActionCommand.svc/APIExecute` });
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
    const transfer = {
      ...{ companyId: 'WAYBILL', transactionId: 'T-7', fromSiteId: 'SEATTLE', toSiteId: 'TACOMA' },
      ...{ transactionDate: '2026-01-05', lines: [{ itemId: '0071', units: '1', unitsUom: 'Each' }] },
    };
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
      ...[
        { ...transfer, toSiteId: 'SEATTLE' },
        { ...transfer, lines: [] },
        { ...transfer, lines: [{ itemId: '0071', units: '-1', unitsUom: 'Each' }] },
        { ...transfer, lines: [{ itemId: '0071', units: '1' }] },
        { ...transfer, lines: [{ itemId: '0071', weight: '1' }] },
        { ...transfer, lines: [{ itemId: '0071' }] },
        { ...transfer, siteId: 'SEATTLE' },
      ].map((data) => northscope.insertInboundIntegration({ ...queued, transactionType: 'IMTransfer', data })),
    ];
    for (const call of refused) {
      expect(await errorOf(call)).toMatchObject({ type: 'VendorRejected', code: 'INVALID_INPUT' });
    }
    expect(atWork.served.requests).toHaveLength(0);
  });
});
