import { startClaritum, roles } from './claritum-caller';
import type { ClaritumCaller } from './claritum-caller';

let claritum: ClaritumCaller;
beforeEach(async () => {
  claritum = await startClaritum();
});
afterEach(() => claritum.close());

const items = (part: string, ...values: readonly string[]) =>
  `<${part}>${values.map((value) => `<item>${value}</item>`).join('')}</${part}>`;
const receipt = (orderRef: string, quantity: string, receiptRef = 'R-1') =>
  `<orderRef>${orderRef}</orderRef><receiptRef>${receiptRef}</receiptRef>` +
  `<receivedDate>2026-01-05T09:00:00Z</receivedDate><quantity>${quantity}</quantity>`;
const bookReceipts = (...receipts: readonly string[]) =>
  claritum.ask('setGoodsReceipts', items('goodsReceipts', ...receipts));
const only = async (operation: string, orderRef: string) =>
  (await claritum.ask(operation)).list.filter((item) => item['orderRef'] === orderRef);
const [straight, overLimit, split] = ['CL-10231', 'CL-10232', 'CL-10233'] as const;

describe('the seed', () => {
  it('is the same for the same seed, and other for another', async () => {
    const again = await startClaritum();
    expect((await again.ask('getPurchaseOrders')).body).toBe((await claritum.ask('getPurchaseOrders')).body);
    await again.close();
    expect(claritum.references).toEqual({
      purchaseOrders: [straight, overLimit, split],
      stockOrders: ['SO-10231'],
      webOrders: ['30', '31', '32'],
      invoices: [],
    });
  });

  it('holds one order straight through, one over the limit, one for two addresses', async () => {
    const { list } = await claritum.ask('getPurchaseOrders');
    const nets = list.map((order) => Number(order['net']));
    expect(nets.map((net) => net > 10_000)).toEqual([false, true, false]);
    const addresses = list.map((order) => [(order['deliveries'] as { item: unknown }).item].flat().length);
    expect(addresses).toEqual([1, 1, 2]);
    expect(list.map((order) => order['uid'])).not.toContain(list[0]?.['poNumber']);
  });

  it('tells its kinds apart by uid and gives every order a specification and its files', async () => {
    const { claritum: ledger } = await claritum.ledger();
    const uids = [...ledger.purchaseOrders, ...ledger.deliveries, ...ledger.stockOrders].map(({ uid }) => String(uid));
    expect(new Set(uids).size).toBe(uids.length);
    expect(uids.map((uid) => uid.slice(0, 3))).toEqual(['PO-', 'PO-', 'PO-', 'DL-', 'DL-', 'DL-', 'DL-', 'ST-']);
    const { list } = await claritum.ask('getSpecification', items('orderRefs', straight, split));
    expect(list.map((specification) => specification['orderRef'])).toEqual([straight, split]);
    const files = (await claritum.ask('getAttachments', items('attachmentRefs', 'AT-10232-1', 'AT-10232-2'))).list;
    const contents = files.map((file) => Buffer.from(String(file['content']), 'base64'));
    expect(contents.map((bytes) => String(bytes.length))).toEqual(files.map((file) => file['size']));
    expect(contents[0]?.toString('latin1')).toMatch(/^%PDF-1\.4/);
  });

  it('lists ten thousand orders without trouble', async () => {
    const many = await startClaritum(10_000);
    const { body } = await many.ask('markExported', '<uids/>');
    expect(body).toContain('true');
    const listed = await many.post(
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><getPurchaseOrders>' +
        '<apiUid>SUP-1001</apiUid><password>supplier-secret</password></getPurchaseOrders></e:Body></e:Envelope>',
    );
    expect(listed.body?.match(/<uid /g)).toHaveLength(10_000);
    await many.close();
  });
});

describe('markExported', () => {
  it('takes the named records off their lists, of every kind, once and for all', async () => {
    const uid = String((await only('getPurchaseOrders', straight))[0]?.['uid']);
    const inner = items('uids', uid, 'DL-10231-1');
    expect((await claritum.ask('markExported', inner)).result).toBe('true');
    expect(await only('getPurchaseOrders', straight)).toEqual([]);
    expect(await only('getDeliveries', straight)).toEqual([]);
    await claritum.ask('markExported', inner);
    const { calls } = await claritum.ledger();
    const marks = calls.filter((line) => line['operation'] === 'markExported');
    expect(marks.map(({ key, effects }) => [key, effects])).toEqual([
      [`DL-10231-1,${uid}`, 2],
      [`DL-10231-1,${uid}`, 0],
    ]);
  });

  it('refuses an unknown uid by name and marks none of the others', async () => {
    const { status, fault } = await claritum.ask('markExported', items('uids', 'DL-10231-1', 'PO-999'));
    expect([status, fault?.faultcode, fault?.faultstring]).toEqual([
      500,
      'SOAP-ENV:Receiver',
      'UID PO-999 does not exist',
    ]);
    expect(await only('getDeliveries', straight)).toHaveLength(1);
  });
});

describe('setGoodsReceipts', () => {
  const booked = async () => (await claritum.ledger()).claritum.goodsReceipts;

  it('fills the addresses in their order; the later ones wait for a balancing receipt', async () => {
    const shares = (await only('getDeliveries', split)).map(({ quantity }) => Number(quantity));
    const [first = 0, second = 0] = shares;
    const total = first + 1;
    await bookReceipts(receipt(split, String(total)));
    await bookReceipts(receipt(split, String(second - 1), 'R-2'));
    expect((await booked())[0]).toEqual({
      orderRef: split,
      receiptRef: 'R-1',
      quantity: String(total),
      receivedDate: '2026-01-05T09:00:00Z',
      allocations: [
        { deliveryRef: '10233-1', quantity: String(first) },
        { deliveryRef: '10233-2', quantity: '1' },
      ],
    });
    expect((await booked())[1]?.['allocations']).toEqual([{ deliveryRef: '10233-2', quantity: String(second - 1) }]);
  });

  it('counts the receipts of one call together and refuses what is too much, all of it', async () => {
    const half = receipt(overLimit, '12000');
    const { status, fault } = await bookReceipts(half, receipt(overLimit, '12000', 'R-2'));
    expect([status, fault?.faultstring]).toEqual([500, expect.stringMatching(/exceeds the outstanding quantity of /)]);
    expect(await booked()).toEqual([]);
  });

  it('books the same receipt again when it is sent again: nothing is recognised', async () => {
    await bookReceipts(receipt(straight, '1'));
    await bookReceipts(receipt(straight, '1'));
    expect((await booked()).map((entry) => entry['receiptRef'])).toEqual(['R-1', 'R-1']);
  });

  it.each([
    [receipt('CL-404', '1'), 'Order CL-404 does not exist'],
    [receipt(straight, '0'), `Order ${straight}: quantity must be a whole number above 0`],
    [receipt(straight, '1.5'), `Order ${straight}: quantity must be a whole number above 0`],
    [receipt(straight, '1', 'R'.repeat(51)), `Order ${straight}: receiptRef is longer than 50`],
    [receipt(straight, '1').replace('2026-01-05', '2026-31-05'), `Order ${straight}: receivedDate is no date`],
  ])('refuses %s', async (inner, reason) => {
    expect((await bookReceipts(inner)).fault?.faultstring).toBe(reason);
    expect((await claritum.ledger()).calls.at(-1)).toMatchObject({ outcome: 'refused', effects: 0 });
  });
});

describe('stock orders, customers, suppliers', () => {
  it('knows one status, and a despatched order is pending no more', async () => {
    const status = (value: string) =>
      claritum.ask(
        'setStockOrderStatus',
        items(
          'stockOrders',
          `<stockOrderRef>SO-10231</stockOrderRef><status>${value}</status><despatchedDate>2026-01-05</despatchedDate>`,
        ),
      );
    expect((await status('lost')).fault?.faultstring).toBe("Status 'lost' is not supported");
    expect((await claritum.ask('getStockOrders')).list).toHaveLength(1);
    expect((await status('despatched')).result).toBe('true');
    expect((await claritum.ask('getStockOrders')).list).toHaveLength(0);
    expect((await claritum.ledger()).claritum.stockOrders[0]).toMatchObject({
      status: 'despatched',
      despatchedDate: '2026-01-05T00:00:00Z',
      exported: false,
    });
  });

  it('creates and updates ten and four hundred and fifty customers in one call', async () => {
    const some = (name: string, count: number) =>
      Array.from({ length: count }, (_, index) => `<externalId>C-${index}</externalId><name>${name}</name>`);
    await claritum.ask('setCustomers', items('customers', ...some('Old', 450)), roles.msp);
    await claritum.ask('setCustomers', items('customers', ...some('New', 460)), roles.msp);
    const { calls, claritum: ledger } = await claritum.ledger();
    expect(calls.map(({ effects }) => effects)).toEqual([450, 460]);
    expect(new Set(ledger.customers.map(({ name }) => name))).toEqual(new Set(['New']));
    expect(new Set(ledger.customers.map(({ claritumId }) => claritumId)).size).toBe(460);
  });

  it('stores none of a batch with one bad record', async () => {
    const address = '<address><company>A</company></address>';
    const { fault } = await claritum.ask(
      'setSuppliers',
      items(
        'suppliers',
        `<externalId>S-1</externalId><name>One</name>${address}`,
        '<externalId>S-2</externalId><name>Two</name>',
      ),
      roles.msp,
    );
    expect(fault?.faultstring).toBe('Supplier S-2: address expected but not supplied');
    expect((await claritum.ledger()).claritum.suppliers).toEqual([]);
  });
});

describe('who may call', () => {
  it.each([
    ['getPurchaseOrders', roles.msp],
    ['getSpecification', roles.msp],
    ['getAttachments', roles.msp],
    ['getStockOrders', roles.msp],
    ['setStockOrderStatus', roles.msp],
    ['getSalesInvoices', roles.supplier],
    ['setCustomers', roles.supplier],
    ['setSuppliers', roles.supplier],
  ])('%s is refused to the other role', async (operation, role) => {
    const { status, fault } = await claritum.ask(operation, '', role);
    expect([status, fault?.faultcode, fault?.faultstring]).toEqual([
      500,
      'SOAP-ENV:Sender',
      expect.stringMatching(/is not available to the (msp|supplier) role/),
    ]);
  });

  it.each(['getDeliveries', 'getPurchaseInvoices', 'markExported', 'setGoodsReceipts'])(
    '%s is for both',
    async (operation) => {
      expect((await claritum.ask(operation, '', roles.supplier)).status).toBe(200);
      expect((await claritum.ask(operation, '', roles.msp)).status).toBe(200);
    },
  );

  it('refuses a wrong password, and does not say which half was wrong', async () => {
    const wrong = await claritum.ask('getDeliveries', '', ['SUP-1001', 'msp-secret']);
    const nobody = await claritum.ask('getDeliveries', '', ['NOBODY', 'msp-secret']);
    expect([wrong.status, wrong.fault]).toEqual([500, nobody.fault]);
    expect(wrong.fault?.faultactor).toBe(claritum.url);
  });
});
