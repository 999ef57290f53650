import type { VendorRequest } from '../../../src/sandbox/vendor';
import { NorthScopeClient } from '../../../src/vendors/northscope/client';
import { all, any, atLeast, equals, startsWith } from '../../../src/vendors/northscope/where-clause';
import { golden } from '../golden';
import { serve, type Served } from '../served';

const account = { login: 'user@example.com', companySk: '1' };
let served: Served;
let northscope: NorthScopeClient;
let json: NorthScopeClient;
/** Users with a password instead. */
let stranger: NorthScopeClient;
let strangerInJson: NorthScopeClient;

beforeAll(async () => {
  served = await serve(() => 'cut');
  const endpoint = `${served.origin}/services/ActionCommand.svc/APIExecute`;
  const staticToken = '00000000-0000-0000-0000-000000000001';
  northscope = new NorthScopeClient({ ...account, endpoint, staticToken });
  json = new NorthScopeClient({ ...account, endpoint, staticToken, format: 'json' });
  const password = 'p&ss <word>';
  stranger = new NorthScopeClient({ ...account, endpoint, password });
  strangerInJson = new NorthScopeClient({ ...account, endpoint, password, format: 'json' });
});
afterAll(() => served.close());

/** As the fixtures write a request: its first line, the headers that count, the body byte by byte. */
function written({ method, path, headers, body }: VendorRequest): string {
  const shown = ['content-type', 'nslogin', 'nsapisession'].filter((name) => headers[name] !== undefined);
  return [`${method} ${path}`, ...shown.map((name) => `${name}: ${String(headers[name])}`), '', body, ''].join('\n');
}

const queued = { sourceSystem: 'Waybill', created: '2026-01-05T09:00:00.000Z' };
const line = { itemId: '0071', units: '5.00000', unitsUom: 'CASE', weight: '150.5500', weightUom: 'LB' };
const allocations = [
  { orderItemSk: '100', lotSk: '1', units: '5', unitsUom: 'Case' },
  { orderItemSk: '101', lotSk: '1', weight: '113.40000', weightUom: 'kg' },
];

it('takes units with more zeros than the column has decimals', async () => {
  const before = served.requests.length;
  await northscope
    .allocateSalesOrders({ allocations: [{ orderItemSk: '100', lotSk: '1', units: '5.0000000', unitsUom: 'Case' }] })
    .catch(() => undefined);
  expect(
    served.requests
      .slice(before)
      .map(({ body }) => body)
      .join(''),
  ).toContain('<AllocateUnits>5</AllocateUnits>');
});

describe('the request of each NorthScope operation', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['generate-session-token', () => stranger.generateSessionToken()],
    ['generate-session-token-json', () => strangerInJson.generateSessionToken()],
    ['allocate-sales-orders', () => northscope.allocateSalesOrders({ allocations })],
    ['allocate-sales-orders-json', () => json.allocateSalesOrders({ allocations: allocations.slice(0, 1) })],
    [
      'insert-so-order',
      () =>
        northscope.insertInboundIntegration({
          ...queued,
          sourceTransactionId: '0000010231-1',
          transactionType: 'SOOrder',
          data: {
            orderId: '0000010231-1',
            companyId: 'WAYBILL',
            poNumber: 'PO <1> & "2"',
            customerId: 'ALPINE',
            addressId: 'MAIN',
            siteId: 'SEATTLE',
            orderDate: '2026-01-05',
            shipByDate: '2026-01-12',
            lines: [
              { itemId: '0071', units: '60', unitsUom: 'Each' },
              { itemId: 'BRO-A4-16', units: '0.50000', unitsUom: 'Box' },
            ],
          },
        }),
    ],
    [
      'insert-im-adjustment',
      () =>
        json.insertInboundIntegration({
          ...queued,
          sourceTransactionId: 'ADJ-7',
          transactionType: 'IMAdjustment',
          data: {
            companyId: 'WAYBILL',
            transactionId: 'ADJ-7',
            siteId: 'SEATTLE',
            transactionDate: '2026-01-06',
            reasonCode: 'Count',
            lines: [{ itemId: '0071', units: '-2.5', unitsUom: 'Each', lot: 'L-2603', owner: 'NLP' }],
          },
        }),
    ],
    [
      'insert-so-order-whole',
      () =>
        northscope.insertInboundIntegration({
          ...queued,
          sourceTransactionId: '0000010231-2',
          transactionType: 'SOOrder',
          data: {
            orderId: '0000010231-2',
            companyId: 'WAYBILL',
            poNumber: 'PO-1042',
            customerId: 'ALPINE',
            addressId: 'EAST',
            siteId: 'SEATTLE',
            orderDate: '2026-01-05',
            shipByDate: '2026-01-12',
            orderType: 'Return',
            user: 'Integrated',
            workflow: 'Web',
            carrier: 'NORTHWAY',
            lines: [
              { itemId: '0071', sequence: '007', isSubstitute: true, units: '18.14369', unitsUom: 'kg' },
              { itemId: '0072', sequence: '8', isSubstitute: false, units: '1', unitsUom: 'Each' },
            ],
          },
        }),
    ],
    [
      'insert-im-adjustment-whole',
      () =>
        northscope.insertInboundIntegration({
          ...queued,
          sourceTransactionId: 'A123456',
          transactionType: 'IMAdjustment',
          data: {
            companyId: 'XYZ',
            transactionId: 'A123456',
            transactionClassId: 'Default',
            status: 'New',
            siteId: 'ABC',
            transactionDate: '2017-12-19',
            userId: 'Integrated',
            lines: [
              { ...line, itemSort: '10', lot: '18001', owner: 'NLP' },
              { itemId: '0072', weight: '-0.5', weightUom: 'kg' },
            ],
          },
        }),
    ],
    [
      'insert-im-transfer',
      () =>
        northscope.insertInboundIntegration({
          ...queued,
          sourceTransactionId: 'T-7',
          transactionType: 'IMTransfer',
          data: {
            companyId: 'WAYBILL',
            transactionId: 'T-7',
            fromSiteId: 'SEATTLE',
            toSiteId: 'TACOMA',
            transactionDate: '2026-01-06',
            lines: [{ itemId: '0071', units: '2.5', unitsUom: 'Each', lot: 'L-2603' }],
          },
        }),
    ],
    [
      'insert-im-transfer-whole',
      () =>
        northscope.insertInboundIntegration({
          ...queued,
          sourceTransactionId: 'T-8',
          transactionType: 'IMTransfer',
          data: {
            companyId: 'WAYBILL',
            transactionId: 'T-8',
            transactionClassId: 'Default',
            status: 'Released',
            fromSiteId: 'SEATTLE',
            toSiteId: 'TACOMA',
            transactionDate: '2026-01-06',
            reasonCode: 'Move',
            userId: 'Integrated',
            trackingNumber: '1Z 999',
            container: 'C-1',
            carrierId: 'NORTHWAY',
            bolNumber: 'B-1',
            lines: [line, line],
          },
        }),
    ],
    ['list-uom-schedules', () => northscope.listUomSchedules({})],
    ['list-sites', () => northscope.listSites({ where: any(equals('State', 'WA'), startsWith('SiteName', '<a>')) })],
    [
      'list-sales-orders',
      () =>
        northscope.listSalesOrders({
          where: all(equals('PONumber', "O'Neil"), atLeast('OrderDate', '2026-01-05')),
        }),
    ],
    ['list-items', () => json.listItems({ where: equals('ItemID', '0071') })],
    ['list-customer-addresses', () => northscope.listCustomerAddresses({ where: equals('CustomerID', 'ALPINE') })],
    ['list-companies', () => northscope.listCompanies()],
    [
      'list-inventory-lots',
      () => northscope.listInventoryLots({ where: all(equals('ItemID', '0071'), equals('SiteID', 'SEATTLE')) }),
    ],
  ])('%s is written as in its fixture', async (name, call) => {
    await expect(call()).rejects.toMatchObject({ code: expect.stringMatching(/^RESET/) as string });
    const request = served.requests.at(-1);
    const text = request === undefined ? '' : written(request);
    expect(text).toBe(golden('northscope', `${name}.http`, text));
  });
});
