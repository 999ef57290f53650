import { setImmediate } from 'node:timers/promises';
import { CentraClient } from '../../src/vendors/centra/client';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import { ISyncClient } from '../../src/vendors/isync/client';
import { ManExClient } from '../../src/vendors/manex/client';
import { NorthScopeClient } from '../../src/vendors/northscope/client';
import { ENVELOPE_HEAD, ENVELOPE_TAIL } from '../transport/reading/large';
import { envelope, qualified } from './centra/answering';
import { order } from './centra/orders';
import { keyAnswer, succeeded } from './isync/vendor';
import { serve, type Served } from './served';

let served: Served | undefined;
let answer = '';
const typeOf = (): string => (answer.startsWith('{') ? 'application/json' : 'text/xml; charset=utf-8');

beforeAll(async () => {
  served = await serve(({ body }) =>
    /<(?:\w+:)?Login\b/.test(body)
      ? keyAnswer('key')
      : { status: 200, headers: { 'content-type': typeOf() }, body: answer },
  );
});
afterAll(async () => served?.close());
afterEach(() => jest.restoreAllMocks());

const RECORDS = 40;
const many = (recordOf: (index: number) => string, between = ''): string =>
  Array.from({ length: RECORDS }, (_, index) => recordOf(index)).join(between);

const claritum = (operation: string, records: string): string =>
  `${ENVELOPE_HEAD}<ns1:${operation}Response xmlns:ns1="u"><return>${records}</return></ns1:${operation}Response>${ENVELOPE_TAIL}`;
const northScope = (list: string, records: string): string =>
  `<NSResponse><Success>true</Success><${list}>${records}</${list}></NSResponse>`;
const manex = (lines: string): string =>
  '{"Code":200,"Message":"Sales Order details:","IsValidUser":true,"ResponseObject":{"SONO":"0000000789",' +
  `"CUSTNO":"8","IS_CLOSED":false,"SODETAILList":[${lines}]}}`;

const origin = (): string => served?.origin ?? '';
const clients = {
  claritum: () =>
    new ClaritumClient({
      endpoint: origin(),
      apiUid: 'u',
      password: 'p',
      role: 'supplier',
      msp: { apiUid: 'm', password: 'p' },
    }),
  centra: () =>
    new CentraClient({ endpoint: `${origin()}/ams/system/service/module/soap/api`, username: 'u', password: 'p' }),
  isync: () => new ISyncClient({ endpoint: origin(), username: 'u', password: 'p' }),
  northScope: () => new NorthScopeClient({ endpoint: origin(), login: 'u', staticToken: 't', companySk: '1' }),
  manex: () => new ManExClient({ endpoint: origin(), apiKey: 'k' }),
};

/** An answer, and the call that says how many records came of it. */
type Large = readonly [string, string, () => Promise<number>];

const lists: readonly Large[] = [
  ...(['getPurchaseOrders', 'getDeliveries', 'getPurchaseInvoices', 'getSalesInvoices', 'getStockOrders'] as const).map(
    (operation): Large => [
      `Claritum ${operation}`,
      claritum(
        operation,
        many((i) => `<item><uid>${i}</uid></item>`),
      ),
      async () => (await clients.claritum()[operation]()).unreadable.length,
    ],
  ),
  [
    'Claritum getSpecification',
    claritum(
      'getSpecification',
      many((i) => `<item><orderRef>${i}</orderRef></item>`),
    ),
    async () => (await clients.claritum().getSpecification({ orderRefs: ['x'] })).length,
  ],
  [
    'Centra events_Get',
    envelope(
      qualified(
        `<events_Get><events>${many((i) => `<event><id>${i}</id><type>order</type><data>${order()}</data></event>`)}</events></events_Get>`,
      ),
    ),
    async () => (await clients.centra().eventsGet()).events.length,
  ],
  [
    'iSync GetProductStockUnits',
    succeeded(`<A>${many((i) => `<P><SKU>${i}</SKU><Units>1</Units></P>`)}</A>`).body,
    async () => (await clients.isync().getProductStockUnits({ addedDate: '2026-01-01T00:00:00' })).records.length,
  ],
  [
    'iSync GetProductStockCatalogue',
    succeeded(`<A>${many((i) => `<P><SKU>${i}</SKU></P>`)}</A>`).body,
    async () => (await clients.isync().getProductStockCatalogue({ addedDate: '2026-01-01T00:00:00' })).records.length,
  ],
  [
    'iSync GetWebSalesOrder',
    succeeded(
      `<WebSalesOrder><PONumber>1</PONumber><SalesOrderID>1</SalesOrderID><StatusID>1</StatusID><LineItems>${many(
        () =>
          '<WebSalesOrderDetail><CNTypeID>1</CNTypeID><Units>1</Units><SellingPrice>1</SellingPrice><StatusID>1</StatusID></WebSalesOrderDetail>',
      )}</LineItems></WebSalesOrder>`,
    ).body,
    async () => (await clients.isync().getWebSalesOrder({ poNumber: '1' }))?.lines.length ?? 0,
  ],
  [
    'NorthScope ListSalesOrders',
    northScope(
      'SalesOrderList',
      many((i) => `<SalesOrder><OrderID>${i}</OrderID><SalesOrderDetailList/></SalesOrder>`),
    ),
    async () => (await clients.northScope().listSalesOrders({})).length,
  ],
  [
    'NorthScope ListInventoryLots',
    northScope(
      'LotList',
      many((i) => `<Lot><LotSK>${i}</LotSK><ItemID>1</ItemID><SiteID>1</SiteID><AvailableUnits/></Lot>`),
    ),
    async () => (await clients.northScope().listInventoryLots({})).length,
  ],
  [
    'NorthScope ListItems',
    northScope(
      'ItemList',
      many((i) => `<Item><ItemSK>${i}</ItemSK><ItemID>1</ItemID><UOMScheduleSK>1</UOMScheduleSK></Item>`),
    ),
    async () => (await clients.northScope().listItems({})).length,
  ],
  [
    'NorthScope ListCustomerAddresses',
    northScope(
      'CustomerShipToList',
      many((i) => `<CustomerShipTo><CustomerID>${i}</CustomerID><AddressID>1</AddressID></CustomerShipTo>`),
    ),
    async () => (await clients.northScope().listCustomerAddresses({})).length,
  ],
  [
    'NorthScope ListUOMSchedules',
    northScope(
      'ScheduleList',
      many(
        (i) =>
          `<Schedule><ScheduleSK>${i}</ScheduleSK><FromUOMID>1</FromUOMID><ToUOMID>1</ToUOMID><ConversionValue>1</ConversionValue></Schedule>`,
      ),
    ),
    async () => (await clients.northScope().listUomSchedules({})).length,
  ],
  [
    'NorthScope ListSites',
    northScope(
      'SiteList',
      many((i) => `<Site><SiteSK>${i}</SiteSK><SiteID>1</SiteID></Site>`),
    ),
    async () => (await clients.northScope().listSites({})).length,
  ],
  [
    'NorthScope ListCompanies',
    northScope(
      'CompanyList',
      many((i) => `<Company><DataEntityCompanySK>${i}</DataEntityCompanySK><CompanyID>1</CompanyID></Company>`),
    ),
    async () => (await clients.northScope().listCompanies()).length,
  ],
  [
    'ManEx SO/Get',
    manex(many((i) => `{"UNIQUELN":"${i}","ORD_QTY":1}`, ',')),
    async () => (await clients.manex().soGet({ soNo: '0000000789' }))?.lines.length ?? 0,
  ],
];

it.each(lists)('others are let in while the records of %s are read', async (_, text, call) => {
  answer = text;
  // Each look at the clock finds the turn over: then whoever waits comes in before the next record.
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => (now += 1_000));
  let turns = 0;
  const done = new AbortController();
  const others = async (): Promise<void> => {
    for (; !done.signal.aborted; turns += 1) await setImmediate();
  };
  const waiting = others();
  const before = now;
  expect(await call()).toBe(RECORDS);
  done.abort();
  await waiting;
  // A look when a turn begins, and one before each record.
  expect((now - before) / 1_000).toBeGreaterThanOrEqual(2 * RECORDS);
  expect(turns).toBeGreaterThanOrEqual(RECORDS);
});

const huge = '<x/>'.repeat(100_001);
const hugeRecords: readonly Large[] = [
  [
    'Claritum',
    claritum('getPurchaseOrders', `<item><uid>1</uid>${huge}</item><item><uid>2</uid></item>`),
    async () =>
      (await clients.claritum().getPurchaseOrders()).unreadable.findIndex(({ reason }) => /more than/.test(reason)),
  ],
  [
    'Centra',
    envelope(
      qualified(
        `<events_Get><events><event><id>1</id><type>order</type><data><order>${huge}</order></data></event></events></events_Get>`,
      ),
    ),
    async () => (await clients.centra().eventsGet()).unreadable.findIndex(({ reason }) => /more than/.test(reason)),
  ],
  [
    'iSync',
    succeeded(`<A><P><SKU>1</SKU>${huge}</P><P><SKU>2</SKU><Units>1</Units></P></A>`).body,
    async () =>
      (await clients.isync().getProductStockUnits({ addedDate: '2026-01-01T00:00:00' })).unreadable.findIndex(
        ({ sku, reason }) => sku === '1' && /more than/.test(reason),
      ),
  ],
];

it.each(hugeRecords)('a record of %s that has no end is set aside', async (_, text, call) => {
  answer = text;
  expect(await call()).toBe(0);
});

it.each<readonly [string, string, () => Promise<unknown>]>([
  [
    'NorthScope',
    northScope('SiteList', `<Site><SiteSK>1</SiteSK><SiteID>1</SiteID>${huge}</Site>`),
    async () => clients.northScope().listSites({}),
  ],
  [
    'ManEx',
    manex(`{"UNIQUELN":"1","ORD_QTY":1,"x":[${Array(100_001).fill('1').join(',')}]}`),
    async () => clients.manex().soGet({ soNo: '0000000789' }),
  ],
])('a record of %s that has no end is refused', async (_, text, call) => {
  answer = text;
  await expect(call()).rejects.toMatchObject({
    code: 'BAD_RECORD',
    message: expect.stringMatching(/more than 100000 values/) as string,
  });
});
