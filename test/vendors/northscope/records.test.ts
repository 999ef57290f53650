import { VendorError } from '../../../src/transport/http/vendor-error';
import { NorthScopeClient } from '../../../src/vendors/northscope/client';
import { serve, type Served } from '../served';

type Members = Readonly<Record<string, string>>;
const nil = '<nil/>';
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** Twenty digits, a number with leading zeros, a decimal with its zeros: none of them survives a JavaScript number. */
const twenty = '12345678901234567890';

interface List {
  readonly list: string;
  readonly entry: string;
  readonly call: () => Promise<readonly object[]>;
  /** A whole record, with something unknown in it. */
  readonly members: Members;
  /** Members without which there is no record; those that are no text, with what they cannot be. */
  readonly required: readonly string[];
  readonly malformed: Members;
  readonly read: object;
}

let served: Served;
let body: string;
let northscope: NorthScopeClient;
beforeAll(async () => {
  served = await serve(() => ({ status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body }));
  const account = { login: 'user@example.com', staticToken: 'token', companySk: '1' };
  northscope = new NorthScopeClient({ endpoint: served.origin, ...account });
});
afterAll(() => served.close());

const lists: Readonly<Record<string, List>> = {
  ListSites: {
    ...{ list: 'SiteList', entry: 'Site', call: () => northscope.listSites({}) },
    members: { SiteSK: twenty, SiteID: '007', SiteName: ' Dock  ', Zip: '01234', Fax: '', Phone1: nil, Unheard: 'x' },
    required: ['SiteSK', 'SiteID'],
    malformed: {},
    read: { siteSk: twenty, siteId: '007', siteName: 'Dock', zip: '01234', fax: null, phone1: null, city: null },
  },
  ListUOMSchedules: {
    ...{ list: 'ScheduleList', entry: 'Schedule', call: () => northscope.listUomSchedules({}) },
    members: { ScheduleSK: '007', FromUOMID: 'Bag', ToUOMID: 'kg', ConversionValue: '18.14369' },
    required: ['ScheduleSK', 'FromUOMID', 'ToUOMID', 'ConversionValue'],
    malformed: { ConversionValue: '18,14369' },
    read: { scheduleSk: '007', from: 'Bag', to: 'kg', factor: '18.14369' },
  },
  ListItems: {
    ...{ list: 'ItemList', entry: 'Item', call: () => northscope.listItems({}) },
    members: { ItemSK: twenty, ItemID: '007', UOMScheduleSK: '02', ManagedBy: 'Smell', InactiveFlag: 'True' },
    required: ['ItemSK', 'ItemID', 'UOMScheduleSK'],
    malformed: { InactiveFlag: 'perhaps' },
    read: { itemSk: twenty, itemId: '007', uomScheduleSk: '02', isInactive: true },
  },
  ListCustomerAddresses: {
    ...{ list: 'CustomerShipToList', entry: 'CustomerShipTo', call: () => northscope.listCustomerAddresses({}) },
    members: {
      CustomerSK: '08001',
      CustomerID: '007',
      AddressID: 'MAIN',
      AddressTypeEN: '99',
      State: '',
      Zip: '01234',
    },
    required: ['CustomerID', 'AddressID'],
    malformed: {},
    read: { customerSk: '08001', customerId: '007', addressType: '99', state: null, zip: '01234' },
  },
  ListCompanies: {
    ...{ list: 'CompanyList', entry: 'Company', call: () => northscope.listCompanies() },
    members: { DataEntityCompanySK: '007', CompanyID: '0000000008' },
    required: ['DataEntityCompanySK', 'CompanyID'],
    malformed: {},
    read: { dataEntityCompanySk: '007', companyId: '0000000008' },
  },
  ListInventoryLots: {
    ...{ list: 'LotList', entry: 'Lot', call: () => northscope.listInventoryLots({}) },
    members: { LotSK: twenty, Lot: '018001', ItemID: '007', SiteID: 'ABC', AvailableUnits: '4.00', UnitsUOM: 'Case' },
    required: ['LotSK', 'ItemID', 'SiteID', 'AvailableUnits'],
    malformed: { AvailableUnits: 'many' },
    read: { lotSk: twenty, lot: '018001', itemId: '007', availableUnits: '4.00', unitsUom: 'Case' },
  },
  ListSalesOrders: {
    ...{ list: 'SalesOrderList', entry: 'SalesOrder', call: () => northscope.listSalesOrders({}) },
    members: {
      ...{
        OrderID: '007',
        PONumber: '00042',
        StatusName: 'On Fire',
        SiteID: 'ABC',
        OrderDate: '2026-01-05T00:00:00.000',
      },
      SalesOrderDetailList: `<SalesOrderDetail><OrderItemSK>${twenty}</OrderItemSK><ItemID>0071</ItemID>
        <OrderUnits>18.14369</OrderUnits><AllocatedUnits>4.00</AllocatedUnits><ShippedUnits ${xsi} xsi:nil="true"/>
        </SalesOrderDetail>`,
    },
    required: ['OrderID', 'SalesOrderDetailList'],
    malformed: { SalesOrderDetailList: 'none' },
    read: {
      ...{ orderId: '007', poNumber: '00042', statusName: 'On Fire', siteId: 'ABC' },
      ...{ customerId: null, addressId: null, orderDate: '2026-01-05', shipByDate: null },
      lines: [
        {
          ...{ orderItemSk: twenty, itemId: '0071', unitsUom: '' },
          ...{ orderUnits: '18.14369', allocatedUnits: '4.00', shippedUnits: '0' },
        },
      ],
    },
  },
};

const element = ([name, value]: readonly [string, string]): string =>
  value === nil ? `<${name} ${xsi} xsi:nil="true"/>` : `<${name}>${value}</${name}>`;
const entryOf = ({ entry }: List, members: Members): string =>
  `<${entry}>${Object.entries(members).map(element).join('')}</${entry}>`;
const answer = ({ list }: List, entries: string): string =>
  `<NSResponse><Timestamp>2026-01-05T09:00:00.123</Timestamp><Success>true</Success><${list}>${entries}</${list}><Took>3</Took></NSResponse>`;

async function failureOf(list: List, members: Members): Promise<VendorError> {
  body = answer(list, entryOf(list, list.members) + entryOf(list, members));
  const error: unknown = await list.call().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof VendorError)) throw new Error('expected a refusal', { cause: error });
  return error;
}

describe.each(Object.entries(lists))('%s', (_heading, list) => {
  it('brings identifiers and numbers through as they were, and passes what is new', async () => {
    body = answer(list, entryOf(list, list.members));
    expect(await list.call()).toEqual([expect.objectContaining(list.read)]);
  });

  it('reads CDATA and references like text', async () => {
    const [key = ''] = list.required;
    const members = { ...list.members, [key]: '<![CDATA[a<b>]]>&amp;&#233;' };
    body = answer(list, entryOf(list, members));
    expect(JSON.stringify(await list.call())).toContain('a<b>&é');
  });

  it.each([0, 1, 2, 30])('is a list of %d', async (count) => {
    const [key = ''] = list.required;
    const entries = Array.from({ length: count }, (_, n) => entryOf(list, { ...list.members, [key]: `K${n}` }));
    body = answer(list, entries.join('\n'));
    const found = await list.call();
    expect(Array.isArray(found)).toBe(true);
    expect(found).toHaveLength(count);
  });

  it.each(list.required)('is malformed without %s, empty or nil, and says where', async (name) => {
    const { [name]: _gone, ...others } = list.members;
    const mustBeSaid = !/Units|List$/.test(name);
    for (const members of [
      others,
      ...(mustBeSaid ? ['', nil].map((value) => ({ ...list.members, [name]: value })) : []),
    ]) {
      const error = await failureOf(list, members);
      expect(error).toMatchObject({ type: 'MalformedResponse', code: 'BAD_RECORD' });
      expect(error.message).toContain(`${list.list}: 1.${name} `);
    }
  });
});

it('reads a list that is too long for the thread of its caller', async () => {
  const { ListSites: sites } = lists as { ListSites: List };
  const ids = Array.from({ length: 5_000 }, (_, n) => String(n).padStart(6, '0'));
  body = answer(sites, ids.map((id) => entryOf(sites, { ...sites.members, SiteID: id })).join('\n'));
  expect(body.length).toBeGreaterThan(1024 * 1024);
  expect((await northscope.listSites({})).map(({ siteId }) => siteId)).toEqual(ids);
});

const malformed = Object.values(lists).flatMap((list) =>
  Object.entries(list.malformed).map(([name, value]) => [list.list, name, value, list] as const),
);

it.each(malformed)(
  '%s is malformed where %s is "%s", says where and does not repeat it',
  async (_, name, value, list) => {
    const error = await failureOf(list, { ...list.members, [name]: value });
    expect(error).toMatchObject({ type: 'MalformedResponse', code: 'BAD_RECORD' });
    expect(error.message).toContain(`${list.list}: 1.${name} `);
    expect(error.message).not.toContain(`${value} `);
  },
);

describe('an answer in JSON', () => {
  const site = `{"SiteSK":${twenty},"SiteID":"007","SiteName":null,"AddressLine2":"","Zip":98101.00}`;

  it.each([
    ['none', '{"Site":[]}', 0],
    ['none, without its entries', '""', 0],
    ['one', `{"Site":${site}}`, 1],
    ['one in a list', `{"Site":[${site}]}`, 1],
    ['many', `{"Site":[${site},${site.replace('007', '008')}]}`, 2],
  ])('reads the same: %s', async (_what, list, count) => {
    body = `{"NSResponse":{"Success":true,"SiteList":${list}}}`;
    const found = await northscope.listSites({});
    const read = found.map(({ siteSk, siteName, addressLine2, zip }) => [siteSk, siteName, addressLine2, zip]);
    expect(read).toEqual(Array(count).fill([twenty, '', null, '98101.00']));
  });
});
