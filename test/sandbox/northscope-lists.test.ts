import { list, NorthScopeCaller, request } from './northscope-calls';

const sample = `<NSRequest>
	<RequestName>ListSites</RequestName>
	<RequestContent>
		<DataEntityCompanySK>1</DataEntityCompanySK>
		<WhereClause>State = 'WA' OR SiteName LIKE '%a%'</WhereClause>
	</RequestContent>
</NSRequest>`;

test("answers the document's ListSites sample with its thirteen members, the list directly under the root", () => {
  const { body } = new NorthScopeCaller().answer(sample);
  expect(body).toContain('<SiteList><Site><SiteSK>1</SiteSK><SiteID>SEATTLE</SiteID>');
  expect(body).toContain('<AddressLine2 />');
  const members =
    body
      .match(/<Site>.*?<\/Site>/)?.[0]
      .match(/<(\w+)(>| \/>)/g)
      ?.slice(1) ?? [];
  expect(members.map((tag) => tag.replace(/[^\w]/g, ''))).toEqual([
    ...['SiteSK', 'SiteID', 'SiteName', 'CompanyID', 'DataEntityCompanySK', 'AddressLine1', 'AddressLine2'],
    ...['City', 'State', 'Zip', 'Country', 'Phone1', 'Fax'],
  ]);
});

test.each([
  ['ListCompanies', { DataEntityCompanySK: '1', CompanyID: 'WAYBILL' }, 1],
  ['ListUOMSchedules', { ScheduleSK: '1', FromUOMID: 'Each', ToUOMID: 'Each', ConversionValue: '1.00000' }, 3],
  ['NorthPacificUOMScheduleMaster', { ScheduleSK: '1', ConversionValue: '1.00000' }, 3],
  ['ListItems', { ItemID: 'BRO-A4-16', UOMScheduleSK: '1', UnitsUOM: 'Each', InactiveFlag: 'false' }, 2],
  ['NorthPacificItemMaster', { ItemID: 'BRO-A4-16' }, 2],
  ['ListCustomerAddresses', { CustomerID: 'ALPINE', AddressID: 'MAIN', AddressTypeEN: '3', CompanyID: 'WAYBILL' }, 4],
  ['NorthPacificCustomer', { CustomerID: 'ALPINE', AddressID: 'MAIN' }, 4],
  [
    'ListInventoryLots',
    { LotSK: '501', OnHandUnits: '60000.00000', AvailableUnits: '60000.00000', ItemID: 'BRO-A4-16' },
    4,
  ],
])('%s', (name, first, count) => {
  const rows = new NorthScopeCaller().rows(name);
  expect(rows).toHaveLength(count);
  expect(rows[0]).toMatchObject(first);
});

test('an empty list is an empty element, by heading and by alias', () => {
  const northscope = new NorthScopeCaller();
  for (const name of ['ListSalesOrders', 'NorthPacificSalesOrder']) {
    expect(northscope.answer(request(name, list())).body).toContain('<Success>true</Success><SalesOrderList />');
  }
});

test('needs a company it knows, except for listing them', () => {
  const northscope = new NorthScopeCaller();
  expect(northscope.send(request('ListItems')).Error).toBe('DataEntityCompanySK is required.');
  const other = '<DataEntityCompanySK>9</DataEntityCompanySK>';
  expect(northscope.send(request('ListItems', other)).Error).toBe("DataEntityCompanySK '9' does not exist.");
  const companies = '<NSRequest><RequestName>ListCompanies</RequestName></NSRequest>';
  expect(northscope.send(companies)).toMatchObject({ Success: 'true' });
});

describe('WhereClause', () => {
  const northscope = new NorthScopeCaller();

  test.each([
    ["SiteID = 'SEATTLE'", ['SEATTLE']],
    ["siteid = 'seattle  '", ['SEATTLE']],
    ['SiteSK = 2', ['TACOMA']],
    ["SiteSK = '02'", ['TACOMA']],
    ['SiteSK &lt; 2', ['SEATTLE']],
    ['SiteSK &lt;&gt; 1', ['TACOMA']],
    ['SiteSK != 1', ['TACOMA']],
    ['SiteSK &gt;= 1 AND SiteSK &lt;= 2', ['SEATTLE', 'TACOMA']],
    ["SiteSK &gt; 1 OR City = 'Seattle'", ['SEATTLE', 'TACOMA']],
    ["NOT SiteID IN ('SEATTLE', 'PORTLAND')", ['TACOMA']],
    ["SiteID NOT IN ('SEATTLE')", ['TACOMA']],
    ["City = 'Tacoma' AND (State = 'OR' OR State = 'WA')", ['TACOMA']],
    ["City = 'Seattle' OR City = 'Tacoma' AND State = 'XX'", ['SEATTLE']],
    ["SiteName LIKE '%cold%'", ['TACOMA']],
    ["SiteID LIKE 'S_ATTLE'", ['SEATTLE']],
    ["SiteID NOT LIKE '%A'", ['SEATTLE']],
    ["[SiteID] = N'TACOMA'", ['TACOMA']],
    ["SiteName = 'O''Hara''s'", []],
    ["SiteID = 'x' OR 'a' = 'a'", ['SEATTLE', 'TACOMA']],
    ["SiteName LIKE '[%]'", []],
    [`SiteName LIKE '${'%a'.repeat(500)}'`, []],
  ])('%s', (clause, expected) => {
    expect(northscope.rows('ListSites', clause).map((row) => row['SiteID'])).toEqual(expected);
  });

  test.each([
    ["SiteID == 'A'", /Incorrect syntax/],
    ["SiteID = 'A", /Incorrect syntax/],
    ['SiteID', /Incorrect syntax/],
    ["SiteID = 'A' AND", /Incorrect syntax/],
    ["(SiteID = 'A'", /Incorrect syntax/],
    ["SiteID = 'A')", /Incorrect syntax/],
    ['SiteID IN ()', /Incorrect syntax/],
    ['SiteID LIKE City', /Incorrect syntax/],
    ["SiteID = 'A'; DROP TABLE Sites", /Incorrect syntax/],
    ["SiteID = 'A' --", /Incorrect syntax/],
    ["Region = 'A'", "Invalid column name 'Region'."],
    ['SiteID = 5', 'Error converting data type varchar to numeric.'],
    ["SiteSK = 'one'", 'Error converting data type varchar to numeric.'],
    [`${'('.repeat(5_000)}1=1${')'.repeat(5_000)}`, /nested too deeply/],
    [`${'NOT '.repeat(5_000)}1=1`, /nested too deeply/],
  ])('refuses %.60s', (clause, message) => {
    const { Success, Error } = northscope.send(request('ListSites', list(clause)));
    expect(Success).toBe('false');
    expect(Error).toMatch(message);
  });

  test('knows the headers of sales orders, not their lines, even when there are none', () => {
    expect(northscope.rows('ListSalesOrders', "PONumber = 'PO-1' AND StatusName &lt;&gt; 'Shipped'")).toEqual([]);
    const detail = northscope.send(request('ListSalesOrders', list('OrderItemSK = 1')));
    expect(detail.Error).toBe("Invalid column name 'OrderItemSK'.");
  });
});
