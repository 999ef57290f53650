import { FailureType } from '../../../src/domain/case/failure-types';
import { ClaritumSandbox } from '../../../src/sandbox/claritum/sandbox';
import { VendorError } from '../../../src/transport/http/vendor-error';
import type { Customer } from '../../../src/vendors/claritum/requests';
import { ClaritumClient } from '../../../src/vendors/claritum/client';
import type { ClaritumConfig } from '../../../src/vendors/claritum/connection';
import { serveSandbox, type Served } from '../served';

const supplier = { apiUid: 'SUP-1001', password: 'supplier-secret', role: 'supplier' } as const;
const msp = { apiUid: 'MSP-2001', password: 'msp-secret' };
const address = {
  description: null,
  company: 'C',
  street: null,
  city: 'Oslo',
  county: null,
  postCode: null,
  country: null,
};

const operations: readonly (readonly [string, string, (client: ClaritumClient) => Promise<unknown>])[] = [
  ['getPurchaseOrders', 'supplier', (client) => client.getPurchaseOrders()],
  ['getSpecification', 'supplier', (client) => client.getSpecification({ orderRefs: ['CL-10231'] })],
  ['getAttachments', 'supplier', (client) => client.getAttachments({ attachmentRefs: ['AT-10231-1'] })],
  ['getDeliveries', 'both', (client) => client.getDeliveries()],
  ['getPurchaseInvoices', 'both', (client) => client.getPurchaseInvoices()],
  ['getSalesInvoices', 'msp', (client) => client.getSalesInvoices()],
  ['getStockOrders', 'supplier', (client) => client.getStockOrders()],
  ['markExported', 'both', (client) => client.markExported({ uids: ['DL-10231-1'] })],
  [
    'setGoodsReceipts',
    'both',
    (client) =>
      client.setGoodsReceipts({
        receipts: [
          {
            orderRef: 'CL-10231',
            receiptRef: 'r',
            receivedDate: '2026-01-05T09:00:00Z',
            quantity: '1',
            deliveryNoteNumber: null,
          },
        ],
      }),
  ],
  [
    'setStockOrderStatus',
    'supplier',
    (client) =>
      client.setStockOrderStatus({
        despatches: [
          { stockOrderRef: 'SO-10231', despatchedDate: '2026-01-05T09:00:00Z', carrier: null, consignmentNumber: null },
        ],
      }),
  ],
  ['setCustomers', 'msp', (client) => client.setCustomers({ customers: [{ externalId: 'C', name: 'N' }] })],
  ['setSuppliers', 'msp', (client) => client.setSuppliers({ suppliers: [{ externalId: 'S', name: 'N', address }] })],
];

let served: Served;
let claritum: ClaritumSandbox;
async function start(sandbox: ClaritumSandbox): Promise<void> {
  claritum = sandbox;
  claritum.reset({ seed: 1, orders: 1 });
  served = await serveSandbox(claritum);
}
afterEach(() => served.close());
const clientWith = (change: Partial<ClaritumConfig>): ClaritumClient =>
  new ClaritumClient({ endpoint: `${served.origin}/system/ws/1.3/soap.php`, ...supplier, ...change });

describe('the role', () => {
  beforeEach(() => start(new ClaritumSandbox()));

  it.each(operations)('is looked at before %s is sent: it is for %s', async (operation, role, call) => {
    const alone = { supplier: clientWith({}), msp: clientWith({ ...msp, role: 'msp' }) };
    for (const [name, client] of Object.entries(alone)) {
      const mayCall = role === name || role === 'both';
      const before = served.requests.length;
      const end: unknown = await call(client).catch((error: unknown) => error);
      expect(end instanceof VendorError ? [end.type, end.code, end.operation] : []).toEqual(
        mayCall ? [] : [FailureType.VendorUnauthorized, 'ROLE', operation],
      );
      expect(served.requests.length - before).toBe(mayCall ? 1 : 0);
    }
  });

  it('is that of the account which may', async () => {
    const both = clientWith({ msp });
    for (const [, , call] of operations) await call(both);
    const asMsp = served.requests.filter(({ body }) => body.includes('MSP-2001'));
    expect(asMsp.map(({ headers }) => String(headers['soapaction']).replace(/^.*#|"$/g, ''))).toEqual([
      'getSalesInvoices',
      'setCustomers',
      'setSuppliers',
    ]);
  });
});

describe.each(['parameters', 'basic', 'ws-security'] as const)(
  'where credentials travel as %s only',
  (authentication) => {
    beforeEach(() => start(new ClaritumSandbox({ authentication })));

    it('every operation is accepted, and the wrong password refused', async () => {
      const client = clientWith({ authentication, msp });
      for (const [, , call] of operations) await call(client);
      expect(claritum.ledger()).toMatchObject({
        goodsReceipts: [{ receiptRef: 'r' }],
        customers: [{ externalId: 'C' }],
        suppliers: [{ externalId: 'S' }],
        stockOrders: [{ status: 'despatched' }],
      });
      const wrong = clientWith({ authentication, password: 'wrong' });
      await expect(wrong.getDeliveries()).rejects.toMatchObject({ type: FailureType.VendorUnauthorized });
    });

    it('no other way is', async () => {
      for (const other of (['parameters', 'basic', 'ws-security'] as const).filter((way) => way !== authentication)) {
        const asked = clientWith({ authentication: other }).getDeliveries();
        await expect(asked).rejects.toMatchObject({ type: FailureType.VendorUnauthorized });
      }
    });
  },
);

describe('customers in one call', () => {
  const customers = (count: number, name: string): Customer[] =>
    Array.from({ length: count }, (_, index) => ({
      externalId: `C-${index}`,
      name,
      address,
      creditStop: index % 2 === 0,
    }));
  const names = () => (claritum.ledger()['customers'] as readonly { readonly name: string }[]).map(({ name }) => name);

  it('may be ten new ones and four hundred and fifty known ones', async () => {
    await start(new ClaritumSandbox());
    await clientWith({ msp }).setCustomers({ customers: customers(450, 'Old') });
    await clientWith({ msp }).setCustomers({ customers: customers(460, 'New') });
    expect(names()).toEqual(Array.from({ length: 460 }, () => 'New'));
    expect(served.requests).toHaveLength(2);
  });

  it('with one bad among them end as refused, naming it, whatever was stored; sent again without it all are', async () => {
    await start(new ClaritumSandbox({ refusedBatch: 'the rest' }));
    const batch = customers(3, 'New').with(1, { externalId: 'C-1', name: '' });
    const refused = clientWith({ msp }).setCustomers({ customers: batch });
    await expect(refused).rejects.toMatchObject({
      type: FailureType.VendorRejected,
      message: expect.stringContaining('Customer C-1: name expected'),
    });
    expect(names()).toHaveLength(2);
    await clientWith({ msp }).setCustomers({ customers: customers(3, 'New') });
    expect(names()).toEqual(['New', 'New', 'New']);
  });
});
