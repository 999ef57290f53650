import { FailureType } from '../../../src/domain/case/failure-types';
import { ClaritumClient } from '../../../src/vendors/claritum/client';
import { serve, type Served } from '../served';

const NS = 'https://yourserver.claritum.com/system/ws/1.3/soap.php';
type Members = Readonly<Record<string, string>>;
const elements = (members: Members): string =>
  Object.entries(members)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');

const delivery = (change: Members = {}): string =>
  `<item>${elements({ deliveryRef: 'D1', sequence: '1', address: '<city>Leith</city>', quantity: '100', ...change })}</item>`;

const order = (uid: string, change: Members = {}): string =>
  `<item>${elements({
    uid,
    orderRef: `CL-${uid}`,
    poNumber: 'PO-900001',
    projectTitle: 'Brochure A4',
    customerName: 'Alpine Retail Group',
    status: 'authorised',
    productCode: 'BRO-A4-16',
    quantity: '100',
    unitPrice: '0.85',
    unitOfMeasure: 'single units',
    currency: 'GBP',
    net: '85.00',
    tax: '17.00',
    gross: '102.00',
    deliveries: delivery(),
    attachments: '',
    lastModified: '2026-11-28T09:00:00Z',
    ...change,
  })}</item>`;

let served: Served | undefined;
let requests: string[] = [];
afterEach(async () => served?.close());

async function clientAnswered(operation: string, content: string): Promise<ClaritumClient> {
  const body =
    `<?xml version="1.0" encoding="UTF-8"?><E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/" xmlns:n="${NS}">` +
    `<E:Body><n:${operation}Response><return>${content}</return></n:${operation}Response></E:Body></E:Envelope>`;
  requests = [];
  served = await serve(({ body: sent }) => {
    requests.push(sent);
    return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
  });
  return new ClaritumClient({ endpoint: served.origin, apiUid: 'u', password: 'secret', role: 'supplier' });
}

/** The second of three orders with this change: read, or why not; the others must stand. */
async function secondOrder(change: Members) {
  const claritum = await clientAnswered('getPurchaseOrders', order('A') + order('B', change) + order('C'));
  const { records, unreadable } = await claritum.getPurchaseOrders();
  const [first, second] = [
    records.find(({ uid }) => uid === 'A'),
    records.find(({ uid }) => uid !== 'A' && uid !== 'C'),
  ];
  expect([first?.poNumber, records.at(-1)?.uid]).toEqual(['PO-900001', 'C']);
  return { order: second, unreadable };
}

describe('one bad character', () => {
  it.each([
    ['&#x1F;', '\uFFFD'],
    ['&#xB;', '\uFFFD'],
    ['&#0;', '\uFFFD'],
    ['&#xFFFE;', '\uFFFD'],
    ['&#x110000;', '\uFFFD'],
    ['\u001F', '\uFFFD'],
    ['&#xD83D;&#xDE00;', '😀'],
  ])('in a title (%j) is lost there and nowhere else', async (written, read) => {
    const { order: second, unreadable } = await secondOrder({ projectTitle: `Brochure ${written} A4` });
    expect([second?.projectTitle, unreadable]).toEqual([`Brochure ${read} A4`, []]);
  });

  it.each<[string, Members, string | null, string]>([
    [
      'a reference',
      { orderRef: 'CL&#x1F;1' },
      'B',
      'orderRef holds the character U+FFFD, which no reference, number or code has',
    ],
    [
      'a uid',
      { uid: 'B&#0;' },
      null,
      "uid holds the character U+FFFD, which no reference, number or code has (it has the uid 'B\uFFFD' and the orderRef 'CL-B')",
    ],
    ['a figure', { net: '8&#x1F;5.00' }, 'B', 'net: is not a decimal number'],
    ['a date', { lastModified: '2026-11-28T09&#xB;:00:00Z' }, 'B', 'lastModified: is not a date'],
    [
      'a second reference',
      { deliveries: delivery({ deliveryRef: 'D&#xFFFF;' }) },
      'B',
      'deliveries.0.deliveryRef holds the character U+FFFD, which no reference, number or code has',
    ],
  ])('in %s sets that record aside', async (_, change, uid, reason) => {
    expect((await secondOrder(change)).unreadable).toEqual([{ uid, reason }]);
  });
});

describe('a record that breaks a limit', () => {
  it.each<[string, Members, string | null, RegExp]>([
    ['a PO number of 3 MB', { poNumber: 'P'.repeat(3_000_000) }, 'B', /^poNumber is longer than 100 characters$/],
    [
      'a reference that a shell would run',
      { orderRef: 'CL-1;touch${IFS}x;#' },
      'B',
      /^orderRef holds the character U\+003B/,
    ],
    [
      'a reference that forges our marker',
      { orderRef: 'CL-1] [waybill CL-2' },
      'B',
      /^orderRef holds the character U\+005D/,
    ],
    ['a uid of terminal escapes', { uid: 'B\u009B2J' }, null, /^uid holds the character U\+009B/],
    ['1,001 deliveries', { deliveries: delivery().repeat(1_001) }, 'B', /^deliveries has 1001 entries/],
    [
      'faults in a thousand places',
      { deliveries: delivery({ quantity: 'x' }).repeat(900) },
      'B',
      /^deliveries\.0\.quantity: is not a decimal number; .{1,170}$/,
    ],
  ])('is set aside whole, with a short reason: %s', async (_, change, uid, reason) => {
    const { unreadable } = await secondOrder(change);
    expect(unreadable).toEqual([{ uid, reason: expect.stringMatching(reason) }]);
    expect(unreadable[0]?.reason.length).toBeLessThanOrEqual(200);
  });

  it('is found among deliveries and invoices too', async () => {
    const report = (uid: string, status: string): string =>
      `<item>${elements({ uid, orderRef: 'CL-1', deliveryRef: 'D1', quantity: '1', status })}</item>`;
    const deliveries = await clientAnswered(
      'getDeliveries',
      report('DL-1', 's'.repeat(300)) + report('DL-2', 'delivered'),
    );
    expect(await deliveries.getDeliveries()).toMatchObject({
      records: [{ uid: 'DL-2' }],
      unreadable: [{ uid: 'DL-1', reason: 'status is longer than 200 characters' }],
    });
    await served?.close();
    const invoice = (uid: string, invoiceNumber: string): string =>
      `<item>${elements({ uid, invoiceNumber, currency: 'GBP', net: '1', tax: '0', gross: '1', lines: '' })}</item>`;
    const invoices = await clientAnswered(
      'getPurchaseInvoices',
      invoice('PI-1', '# Approved by anna `x`') + invoice('PI-2', 'I-2'),
    );
    expect(await invoices.getPurchaseInvoices()).toMatchObject({
      records: [{ uid: 'PI-2' }],
      unreadable: [{ uid: 'PI-1', reason: expect.stringMatching(/^invoiceNumber holds the character U\+0060/) }],
    });
  });
});

describe('a date', () => {
  it.each([
    '-0001-11-30T00:00:00+00:00',
    '0000-00-00 00:00:00',
    '0000-00-00',
    '0001-01-01T00:00:00Z',
    '-0001-11-30 00:00:00',
    '1900-01-01T00:00:00Z',
    'TBC',
    ' ',
  ])('that is none: %s', async (none) => {
    const { order: second } = await secondOrder({ deliveryDate: none, deliveries: delivery({ requiredDate: none }) });
    expect([second?.deliveryDate, second?.deliveries[0]?.requiredDate]).toEqual([null, null]);
  });

  it('alone stays that day; the last change is its midnight, and keeps its fraction', async () => {
    const days = {
      deliveryDate: '2027-01-25',
      authorisedDate: '2027-01-05',
      deliveries: delivery({ requiredDate: '2027-01-25' }),
    };
    const { order: second } = await secondOrder({ ...days, lastModified: '2026-11-28' });
    expect(second).toMatchObject({
      deliveryDate: '2027-01-25',
      authorisedDate: '2027-01-05',
      deliveries: [{ requiredDate: '2027-01-25' }],
      lastModified: '2026-11-28T00:00:00Z',
    });
    await served?.close();
    expect((await secondOrder({ lastModified: '2026-11-28T09:00:00.800Z' })).order?.lastModified).toBe(
      '2026-11-28T09:00:00.8Z',
    );
  });

  it('of 100 KB of blanks costs nothing', async () => {
    const since = performance.now();
    const { unreadable } = await secondOrder({ deliveryDate: `2026-01-05${' '.repeat(100_000)}x` });
    expect([unreadable[0]?.reason, performance.now() - since < 2_000]).toEqual(['deliveryDate: is not a date', true]);
  });
});

it.each([
  ['100.00', '100'],
  ['+100', '100'],
  ['100.', '100'],
  [' 100 ', '100'],
  ['.5', '0.5'],
])('a quantity of %j is %s', async (written, read) => {
  const { order: second } = await secondOrder({ quantity: written, deliveries: delivery({ quantity: written }) });
  expect([second?.quantity, second?.deliveries[0]?.quantity]).toEqual([read, read]);
});

it.each(['', '<status/>', '<status xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'])(
  'a status that is not there (%s) is an empty one',
  async (status) => {
    const claritum = await clientAnswered(
      'getPurchaseOrders',
      order('A').replace('<status>authorised</status>', status),
    );
    expect((await claritum.getPurchaseOrders()).records).toMatchObject([{ status: '' }]);
  },
);

describe('a receipt', () => {
  const receipt = { orderRef: 'o', receiptRef: 'r', receivedDate: '2027-01-25', deliveryNoteNumber: null };

  it('counts in whole numbers, and is of an instant', async () => {
    const claritum = await clientAnswered('setGoodsReceipts', 'true');
    await claritum.setGoodsReceipts({ receipts: [{ ...receipt, quantity: '100.00' }] });
    expect(requests.join()).toContain('<quantity>100</quantity>');
    expect(requests.join()).toContain('<receivedDate>2027-01-25T12:00:00Z</receivedDate>');
  });

  it('of half a piece is not sent', async () => {
    const claritum = await clientAnswered('setGoodsReceipts', 'true');
    await expect(claritum.setGoodsReceipts({ receipts: [{ ...receipt, quantity: '0.5' }] })).rejects.toMatchObject({
      type: FailureType.VendorRejected,
      code: 'UNSENDABLE',
      message: expect.stringContaining('not a positive whole number'),
    });
    expect(requests).toEqual([]);
  });
});
