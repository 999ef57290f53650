import { describeWith, startForeignClient } from './foreign-client';
import type { ForeignClient } from './foreign-client';
import { asTexts, startWorld } from './sandbox-world';
import type { LedgerRecord, World } from './sandbox-world';

const path = '/system/ws/1.3/soap.php';
const supplier = { apiUid: 'SUP-1001', password: 'supplier-secret' };
const msp = { apiUid: 'MSP-2001', password: 'msp-secret' };
type Account = typeof supplier;
type Given = Readonly<Record<string, unknown>>;

const address = {
  ...{ description: null, company: 'Låg & Hög AB', street: '1 <Main> "Street"', city: 'Göteborg', county: null },
  ...{ postCode: '007 12', country: 'SE' },
};
const contacts = [
  { name: 'Zoë O’Neil', email: 'zoe@example.com', telephone: '+46 31 007' },
  { name: '  Bo  ', email: null, telephone: null },
];
/** A member that is nillable may stay away; both clients send it as nil then. */
const customer = { externalId: '007', name: 'Låg & Hög', creditStop: true, address, contacts };

/** All twelve, each with what came back compared with what the sandbox holds. */
function everyOperation(which: 'zeep' | 'php'): void {
  let world: World;
  let client: ForeignClient;
  beforeAll(async () => {
    world = await startWorld();
    client = startForeignClient(which, world.origin);
  });
  afterAll(async () => {
    await client.close();
    await world.close();
  });

  /** zeep takes arguments by name, PHP in the order of the parts. */
  const request = (operation: string, given: Given = {}, account: Account = supplier) => {
    const parts = { ...account, ...given };
    return { path, operation, arguments: which === 'zeep' ? parts : Object.values(parts) };
  };
  const ask = async (operation: string, given: Given = {}, account = supplier): Promise<readonly LedgerRecord[]> =>
    (await client.call(request(operation, given, account))) as readonly LedgerRecord[];
  const held = (list: string) => world.records('claritum', list);

  it('is read: twelve operations, at the address it was loaded from', async () => {
    const service = (await client.call({ path })) as { operations: readonly string[]; address?: string };
    expect(service.operations).toEqual([
      ...['getAttachments', 'getDeliveries', 'getPurchaseInvoices', 'getPurchaseOrders', 'getSalesInvoices'],
      ...['getSpecification', 'getStockOrders', 'markExported', 'setCustomers', 'setGoodsReceipts'],
      ...['setStockOrderStatus', 'setSuppliers'],
    ]);
    expect(service.address).toBe(which === 'zeep' ? `${world.origin}${path}` : undefined);
  });

  it.each([
    ['getPurchaseOrders', 'purchaseOrders', supplier, 3],
    ['getDeliveries', 'deliveries', supplier, 4],
    ['getDeliveries', 'deliveries', msp, 4],
    ['getStockOrders', 'stockOrders', supplier, 1],
    ['getPurchaseInvoices', 'purchaseInvoices', supplier, 0],
    ['getSalesInvoices', 'salesInvoices', msp, 0],
  ])('%s lists what there is, member by member', async (operation, list, account, count) => {
    const listed = await ask(operation, {}, account);
    expect(listed).toHaveLength(count);
    expect(asTexts(listed)).toEqual(await held(list));
  });

  it('gives values the types of the WSDL, and text as it was', async () => {
    const [order] = await ask('getPurchaseOrders');
    expect(order).toMatchObject({
      ...{ orderRef: 'CL-10231', quantity: 150, unitPrice: '0.85', net: '127.50', nominalCode: '0500' },
      deliveries: [{ sequence: 1, quantity: 150, instructions: null, address: { postCode: 'EH6 6AA' } }],
      attachments: [{ fileName: '..\\artwork/"final" v2 (10231).PDF' }],
    });
  });

  it('getPurchaseInvoices and getSalesInvoices list the invoices of one order', async () => {
    await world.people({ deliver: { orderRef: 'CL-10231', deliveryRef: '10231-1', quantity: 150 } });
    for (const kind of ['purchase', 'sales']) {
      const invoice = { kind, orderRef: 'CL-10231', number: `00${kind}`, quantity: 150, net: '127.50' };
      await world.people({ invoice });
    }
    const purchases = await ask('getPurchaseInvoices');
    expect(purchases).toMatchObject([{ invoiceNumber: '00purchase', net: '127.50', lines: [{ quantity: 150 }] }]);
    expect(asTexts(purchases)).toEqual(await held('purchaseInvoices'));
    const sales = await ask('getSalesInvoices', {}, msp);
    expect(sales).toMatchObject([{ invoiceNumber: '00sales', consolidated: false, lines: [{ quantity: 150 }] }]);
    expect(asTexts(sales)).toEqual(await held('salesInvoices'));
  });

  it('getSpecification answers for many references and for one', async () => {
    const all = await held('specifications');
    const orderRefs = world.references.purchaseOrders;
    expect(asTexts(await ask('getSpecification', { orderRefs }))).toEqual(all);
    expect(asTexts(await ask('getSpecification', { orderRefs: [orderRefs[2]] }))).toEqual([all[2]]);
  });

  it('getAttachments brings the files byte by byte', async () => {
    const orders = await ask('getPurchaseOrders');
    const attachmentRefs = orders.flatMap(({ attachments }) =>
      (attachments as readonly LedgerRecord[]).map(({ attachmentRef }) => attachmentRef),
    );
    const files = await ask('getAttachments', { attachmentRefs });
    expect(files.map(({ attachmentRef }) => attachmentRef)).toEqual(attachmentRefs);
    const contents = files.map(({ content }) =>
      typeof content === 'string'
        ? Buffer.from(content, 'utf8')
        : Buffer.from((content as { base64: string }).base64, 'base64'),
    );
    expect(contents.map(({ length }) => length)).toEqual(files.map(({ size }) => size));
    expect(contents[0]?.toString('latin1')).toMatch(/^%PDF-1\.4\n%âãÏÓ\n[^]*CL-10231[^]*%%EOF\n$/);
    expect(contents[2]?.toString('utf8')).toBe('Café proof for CL-10232\r\nColour as agreed – no varnish.\r\n');
  });

  it('setGoodsReceipts books many in one call, and the addresses are filled in their order', async () => {
    const receipt = (orderRef: string, quantity: number, more: Given = {}) => ({
      ...{ orderRef, receiptRef: '0071', receivedDate: '2026-01-05T10:00:00+01:00', quantity, ...more },
    });
    const goodsReceipts = [receipt('CL-10233', 4, { notes: 'a < b & "c"', receivedBy: 'Zoë' }), receipt('CL-10232', 7)];
    expect(await client.call(request('setGoodsReceipts', { goodsReceipts }, msp))).toBe(true);
    const [first, second] = await held('goodsReceipts');
    expect(first).toMatchObject({ orderRef: 'CL-10233', receiptRef: '0071', receivedDate: '2026-01-05T09:00:00Z' });
    expect(first?.['allocations']).toEqual([
      { deliveryRef: '10233-1', quantity: '3' },
      { deliveryRef: '10233-2', quantity: '1' },
    ]);
    expect(second).toMatchObject({ orderRef: 'CL-10232', quantity: '7' });
  });

  it('setStockOrderStatus takes the order off the list', async () => {
    const stockOrders = [
      { uid: null, stockOrderRef: 'SO-10231', status: 'despatched', despatchedDate: '2026-01-05T09:00:00Z' },
    ];
    expect(await client.call(request('setStockOrderStatus', { stockOrders }))).toBe(true);
    expect(await ask('getStockOrders')).toEqual([]);
    expect(await held('stockOrders')).toMatchObject([{ stockOrderRef: 'SO-10231', status: 'despatched' }]);
  });

  it('setCustomers creates and updates, records in records and lists included', async () => {
    const other = { externalId: '20000000000000000001', name: 'Other' };
    expect(await client.call(request('setCustomers', { customers: [customer, other] }, msp))).toBe(true);
    const stored = await held('customers');
    expect(stored).toMatchObject([{ externalId: '007', name: 'Låg & Hög', address, contacts }, other]);
    expect(asTexts(stored[0]?.['creditStop'])).toBe('true');
    const renamed = { externalId: '007', name: 'Renamed' };
    expect(await client.call(request('setCustomers', { customers: [renamed] }, msp))).toBe(true);
    expect((await held('customers')).map(({ name }) => name)).toEqual(['Renamed', 'Other']);
  });

  it('setSuppliers takes plain lists too', async () => {
    const suppliers = [
      { externalId: 'S-007', name: 'Print & Co', activities: ['litho', 'digital <4c>'], customers: 'All', address },
    ];
    expect(await client.call(request('setSuppliers', { suppliers }, msp))).toBe(true);
    expect(await held('suppliers')).toMatchObject(suppliers);
  });

  it('markExported takes objects of every kind off their lists', async () => {
    const [order, ...others] = await ask('getPurchaseOrders');
    const [invoice] = await ask('getPurchaseInvoices');
    expect(await client.call(request('markExported', { uids: [order?.['uid'], invoice?.['uid']] }))).toBe(true);
    expect(await ask('getPurchaseOrders')).toEqual(others);
    expect(await ask('getPurchaseInvoices')).toEqual([]);
  });

  it('reads what people did afterwards: cancelled and still listed, added, corrected, and a list without an entry', async () => {
    await world.people({ cancel: { orderRef: 'CL-10232', listed: true } });
    await world.people({ status: { orderRef: 'CL-10233', status: 'on hold' } });
    await world.people({ add: { purchaseOrder: { orderRef: 'CL-10233', quantity: 70, deliveryDate: null } } });
    const orders = await ask('getPurchaseOrders');
    expect(asTexts(orders)).toEqual((await held('purchaseOrders')).slice(-3));
    expect(orders.map(({ status, quantity }) => [status, quantity]).at(-1)).toEqual(['authorised', 70]);
    await client.call(request('markExported', { uids: ['DL-10231-1'] }));
    await world.people({ reopen: { deliveryRef: '10231-1', quantity: 15 } });
    const [corrected] = await ask('getDeliveries');
    expect(corrected).toMatchObject({ uid: 'DL-10231-1', status: 'delivered', quantity: 15 });
    await world.fault({ vendor: 'claritum', fault: 'empty-list' });
    expect(await ask('getPurchaseOrders')).toEqual([]);
    expect(await ask('getPurchaseOrders')).toHaveLength(3);
  });

  it.each([
    ['Sender', 'Invalid API UID or password', request('getDeliveries', {}, { ...supplier, password: 'x' })],
    ['Sender', 'getSalesInvoices is not available to the supplier role', request('getSalesInvoices')],
    ['Receiver', 'UID PO-404 does not exist', request('markExported', { uids: ['PO-404'] })],
  ])('refuses with a Fault the client can read: %s, %s', async (code, message, call) => {
    const actor = `${world.origin}${path}`;
    expect(await client.fault(call)).toEqual({ code: `SOAP-ENV:${code}`, message, actor });
  });
}

describeWith('zeep', 'Claritum', () => everyOperation('zeep'));
describeWith('PHP SoapClient', 'Claritum', () => everyOperation('php'));
