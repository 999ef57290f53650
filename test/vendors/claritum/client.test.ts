import { inspect } from 'node:util';
import { FailureType } from '../../../src/domain/case/failure-types';
import { soapFaults } from '../soap-faults';
import { readSandboxLedger, type WholeLedger } from '../../sandbox/ask-sandbox';
import { controlOf } from '../sandbox-control';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server';
import { VendorError } from '../../../src/transport/http/vendor-error';
import { ClaritumClient } from '../../../src/vendors/claritum/client';
import type { ClaritumConfig } from '../../../src/vendors/claritum/connection';

const supplier = { apiUid: 'SUP-1001', password: 'supplier-secret', role: 'supplier' } as const;
const msp = { apiUid: 'MSP-2001', password: 'msp-secret' };
const limits = { deadlineMs: 1_800, idleMs: 1_200 };

let sandbox: Sandbox;
let orders: readonly string[];
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true });
});
beforeEach(async () => {
  orders = (await control<{ purchaseOrders: string[] }>('POST', 'reset', { orders: 3, seed: 1 })).purchaseOrders;
});
afterAll(async () => sandbox.close());

const control = controlOf(() => sandbox.origin);

const ledger = (): Promise<WholeLedger> => readSandboxLedger(sandbox.origin);
const clientWith = (change: Partial<ClaritumConfig> = {}): ClaritumClient =>
  new ClaritumClient({ endpoint: `${sandbox.origin}/system/ws/1.3/soap.php`, ...supplier, limits, ...change });
const claritum = (): ClaritumClient => clientWith({ msp });

async function errorOf(call: Promise<unknown>): Promise<VendorError> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof VendorError)) throw error;
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/-secret|soap\.php|127\.0\.0\.1/);
  return error;
}

const receiptOf = (orderRef: string, quantity: string) => ({
  orderRef,
  receiptRef: `waybill ${orderRef}-1`,
  receivedDate: '2026-01-05T09:00:00Z',
  quantity,
  deliveryNoteNumber: null,
});
const first = (): string => orders[0] ?? '';

describe('reading from Claritum', () => {
  it('brings the purchase orders as the vendor holds them', async () => {
    const { records, unreadable } = await claritum().getPurchaseOrders();
    const held: readonly Readonly<Record<string, unknown>>[] = (await ledger()).claritum.purchaseOrders;
    expect(unreadable).toEqual([]);
    expect(records.map(({ orderRef }) => orderRef).toSorted()).toEqual(orders.toSorted());
    for (const order of records) {
      const { exported, projectRef, nominalCode, ...kept } = held.find(({ uid }) => uid === order.uid) ?? {};
      expect([exported, typeof projectRef, nominalCode !== undefined]).toEqual([false, 'string', true]);
      expect(kept).toMatchObject({
        ...order,
        deliveries: order.deliveries.map((delivery) => expect.objectContaining(delivery)),
      });
    }
  });

  it('brings an empty list and a list of one', async () => {
    await control('POST', 'reset', { orders: 0, seed: 1 });
    expect(await claritum().getPurchaseOrders()).toEqual({ records: [], unreadable: [] });
    await control('POST', 'reset', { orders: 1, seed: 1 });
    expect((await claritum().getPurchaseOrders()).records).toHaveLength(1);
  });

  it('brings specifications and attachments, byte for byte', async () => {
    const { records } = await claritum().getPurchaseOrders();
    const order = records.find(({ attachments }) => attachments.length === 2);
    const [specification] = await claritum().getSpecification({ orderRefs: [order?.orderRef ?? ''] });
    expect(specification).toMatchObject({ orderRef: order?.orderRef, quantity: order?.quantity });
    expect(specification?.sections.at(-1)?.properties).toContainEqual({ name: 'proofs', value: 'PDF < 10 MB' });
    const attachmentRefs = (order?.attachments ?? []).map(({ attachmentRef }) => attachmentRef);
    const [artwork, note] = await claritum().getAttachments({ attachmentRefs });
    expect(artwork?.content.subarray(0, 14).toString('latin1')).toBe('%PDF-1.4\n%âãÏÓ');
    expect([note?.fileName, note?.content.toString('utf8')]).toEqual([
      ' Prüfung & notes – final.txt',
      expect.stringContaining('Café proof'),
    ]);
  });

  it('brings deliveries, invoices and stock orders', async () => {
    const orderRef = first();
    const [delivery] = (await claritum().getDeliveries()).records.filter((entry) => entry.orderRef === orderRef);
    await control('POST', 'world', { deliver: { orderRef, deliveryRef: delivery?.deliveryRef, quantity: 1 } });
    await control('POST', 'world', {
      invoice: { kind: 'purchase', orderRef, number: '0077', quantity: 1, net: '10.00' },
    });
    await control('POST', 'world', { invoice: { kind: 'sales', orderRef, number: '0078', quantity: 1, net: '12.50' } });
    expect((await claritum().getDeliveries()).records).toContainEqual(
      expect.objectContaining({ orderRef, deliveryRef: delivery?.deliveryRef, status: 'delivered' }),
    );
    expect((await claritum().getPurchaseInvoices()).records).toEqual([
      expect.objectContaining({ kind: 'purchase', invoiceNumber: '0077', orderRef, net: '10.00' }),
    ]);
    expect((await claritum().getSalesInvoices()).records).toEqual([
      expect.objectContaining({ kind: 'sales', invoiceNumber: '0078', orderRef: null, net: '12.50' }),
    ]);
    const { records } = await claritum().getStockOrders();
    expect(records[0]).toMatchObject({ status: 'pending', lines: [{ quantity: expect.stringMatching(/^[1-3]$/) }] });
  });
});

describe('writing to Claritum', () => {
  it('takes what is marked exported off its list', async () => {
    const { records } = await claritum().getPurchaseOrders();
    const uids = records.slice(0, 2).map(({ uid }) => uid);
    await claritum().markExported({ uids });
    expect((await claritum().getPurchaseOrders()).records.map(({ uid }) => uid)).toEqual([records[2]?.uid]);
    await claritum().markExported({ uids });
  });

  it('books a receipt, which the vendor allocates', async () => {
    await claritum().setGoodsReceipts({ receipts: [receiptOf(first(), '1')] });
    expect((await ledger()).claritum.goodsReceipts).toEqual([
      expect.objectContaining({ orderRef: first(), receiptRef: `waybill ${first()}-1`, quantity: '1' }),
    ]);
  });

  it('sets a stock order despatched', async () => {
    const [order] = (await claritum().getStockOrders()).records;
    const despatch = { despatchedDate: '2026-01-05T09:00:00Z', carrier: 'DHL', consignmentNumber: null };
    await claritum().setStockOrderStatus({ despatches: [{ stockOrderRef: order?.stockOrderRef ?? '', ...despatch }] });
    expect((await ledger()).claritum.stockOrders).toContainEqual(
      expect.objectContaining({ uid: order?.uid, status: 'despatched', carrier: 'DHL' }),
    );
  });
});

describe('what Claritum refuses', () => {
  it.each<[string, (client: ClaritumClient) => Promise<unknown>, FailureType]>([
    [
      'an order it does not have',
      async (client) => client.getSpecification({ orderRefs: ['CL-0'] }),
      FailureType.DocumentNotFound,
    ],
    ['a uid it does not have', async (client) => client.markExported({ uids: ['PO-0'] }), FailureType.VendorRejected],
    [
      'more than was ordered',
      async (client) => client.setGoodsReceipts({ receipts: [receiptOf(first(), '99999999')] }),
      FailureType.VendorRejected,
    ],
    [
      'one of several receipts',
      async (client) => client.setGoodsReceipts({ receipts: [receiptOf(first(), '1'), receiptOf('CL-0', '1')] }),
      FailureType.OutcomeUnknown,
    ],
  ])('%s', async (_, call, type) => {
    expect((await errorOf(call(claritum()))).type).toBe(type);
  });

  it('is the wrong password, which no error shows', async () => {
    const error = await errorOf(clientWith({ password: 'wrong-secret' }).getPurchaseOrders());
    expect(error.type).toBe(FailureType.VendorUnauthorized);
  });
});

describe('each fault of the wire', () => {
  it.each(soapFaults)('%j ends as what it is, whatever took effect', async (fault, asWrite, asRead, effects) => {
    const common = { vendor: 'claritum', key: '', times: 1, after: 0, ...fault };
    await control('POST', 'faults', [
      { ...common, operation: 'setGoodsReceipts' },
      { ...common, operation: 'getPurchaseOrders' },
    ]);
    const write = await errorOf(claritum().setGoodsReceipts({ receipts: [receiptOf(first(), '1')] }));
    expect(write.type).toBe(asWrite);
    expect((await ledger()).claritum.goodsReceipts).toHaveLength(effects);
    const read = await errorOf(claritum().getPurchaseOrders());
    expect(read.type).toBe(asRead);
    expect((await claritum().getPurchaseOrders()).records).toHaveLength(3);
  });

  it('leaves a list that repeats or turns its entries as it came', async () => {
    await control('POST', 'faults', {
      vendor: 'claritum',
      operation: 'getPurchaseOrders',
      fault: 'duplicate-delivery',
      times: 1,
    });
    const { records } = await claritum().getPurchaseOrders();
    expect(records.length).toBeGreaterThan(3);
    expect(new Set(records.map(({ uid }) => uid)).size).toBe(3);
  });
});
