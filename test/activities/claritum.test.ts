import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClaritumActivities, type ClaritumActivities } from '../../activities/claritum';
import { DocumentStore } from '../../src/documents/store';
import { FailureType } from '../../src/domain/failure-types';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import { openSandbox, type SandboxControl } from '../workflows/sandbox-control';
import { attempt, factsOf, failureOf, run } from './attempt';

let sandbox: SandboxControl;
let directory: string;
let documents: DocumentStore;
let claritum: ClaritumActivities;
let orders: readonly PurchaseOrder[];

beforeEach(async () => {
  sandbox = await openSandbox(3, false);
  directory = mkdtempSync(join(tmpdir(), 'waybill-documents-'));
  documents = new DocumentStore(directory);
  const client = new ClaritumClient({
    endpoint: `${sandbox.origin}/system/ws/1.3/soap.php`,
    apiUid: 'SUP-1001',
    password: 'supplier-secret',
    role: 'supplier',
  });
  claritum = createClaritumActivities(client, documents);
  orders = (await client.getPurchaseOrders()).records;
});
afterEach(async () => {
  rmSync(directory, { recursive: true });
  await sandbox.close();
});

function order(index: number): PurchaseOrder {
  const found = orders[index];
  if (found === undefined) throw new Error(`the sandbox has no order ${index}`);
  return found;
}
const callsOf = async (operation: string) =>
  (await sandbox.ledger()).calls.filter((call) => call.operation === operation);

describe('storing the documents of an order', () => {
  it('keeps the specification and every attachment, and hands back references only', async () => {
    const { orderRef, attachments } = order(0);
    expect(attachments.length).toBeGreaterThan(0);
    const stored = await run(claritum.storeDocuments, { orderRef, attachments });
    const [specification, ...files] = stored;
    expect(specification?.name).toBe(`specification ${orderRef}.json`);
    expect(files).toHaveLength(attachments.length);
    // The vendor's file names are hostile on purpose.
    expect(files.filter(({ name }) => /[\\/]/.test(name))).toEqual([]);
    const text = (await documents.read(specification?.ref ?? '')).toString();
    expect(JSON.parse(text)).toMatchObject({ orderRef });
    expect(readdirSync(directory).toSorted()).toEqual([...new Set(stored.map(({ ref }) => ref))].toSorted());
  });

  it('stores the same documents once, however often it runs', async () => {
    const { orderRef, attachments } = order(0);
    const first = await run(claritum.storeDocuments, { orderRef, attachments });
    expect(await run(claritum.storeDocuments, { orderRef, attachments })).toEqual(first);
  });

  it('fails for good when an attachment is missing, rather than going on without it', async () => {
    const { orderRef } = order(0);
    const attachments = [{ attachmentRef: 'nowhere', fileName: 'a.pdf', mimeType: 'application/pdf' }];
    const failure = await failureOf(run(claritum.storeDocuments, { orderRef, attachments }));
    expect(failure.nonRetryable).toBe(true);
    expect([FailureType.DocumentNotFound, FailureType.VendorRejected]).toContain(failure.type);
  });
});

describe('marking as exported', () => {
  const exported = async () => (await sandbox.ledger()).claritum.purchaseOrders.map((each) => each.exported);

  it('takes the orders of one moment in one call', async () => {
    await Promise.all(orders.map(({ uid }) => run(claritum.markExported, { uids: [uid] })));
    expect(await exported()).toEqual([true, true, true]);
    expect(await callsOf('markExported')).toHaveLength(1);
  });

  it('may be repeated', async () => {
    await run(claritum.markExported, { uids: [order(0).uid] });
    await run(claritum.markExported, { uids: [order(0).uid] });
    expect(await exported()).toEqual([true, false, false]);
  });

  it('fails only for the order whose uid Claritum does not know', async () => {
    const ends = await Promise.allSettled([
      run(claritum.markExported, { uids: [order(0).uid] }),
      run(claritum.markExported, { uids: ['unknown'] }),
      run(claritum.markExported, { uids: [order(1).uid] }),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await exported()).toEqual([true, true, false]);
    expect(ends[1]).toMatchObject({ reason: { type: FailureType.VendorRejected, nonRetryable: true } });
  });

  it('ends in time for an order whose neighbour’s record hangs', async () => {
    const [hanging, other] = [order(0).uid, order(1).uid];
    await sandbox.fault({
      vendor: 'claritum',
      operation: 'markExported',
      key: hanging,
      fault: 'timeout-before',
      times: -1,
    });
    const mark = (uid: string) => attempt({ startToCloseMs: 1_500 }).run(claritum.markExported, { uids: [uid] });
    const ends = await Promise.allSettled([mark(hanging), mark(other)]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(ends[0]).toMatchObject({ reason: { type: FailureType.OutcomeUnknown } });
    expect(await exported()).toEqual([false, true, false]);
  });
});

describe('booking a goods receipt', () => {
  const receipt = (index: number, quantity: string) => ({
    receipt: {
      orderRef: order(index).orderRef,
      receiptRef: `WB-${index}`,
      receivedDate: '2026-01-22T12:00:00Z',
      quantity,
      deliveryNoteNumber: null,
    },
  });
  const receipts = async () => (await sandbox.ledger()).claritum.goodsReceipts;

  it('books the quantity under our own reference', async () => {
    await run(claritum.recordGoodsReceipt, receipt(0, '1'));
    expect(await receipts()).toMatchObject([{ orderRef: order(0).orderRef, receiptRef: 'WB-0', quantity: '1' }]);
  });

  it('does not know what became of a lost answer, and books once', async () => {
    await sandbox.fault({ vendor: 'claritum', operation: 'setGoodsReceipts', fault: 'drop' });
    const failure = await failureOf(run(claritum.recordGoodsReceipt, receipt(0, '1')));
    expect([failure.type, factsOf(failure).operation]).toEqual([FailureType.OutcomeUnknown, 'setGoodsReceipts']);
    expect(await receipts()).toHaveLength(1);
  });

  it('is refused beyond what is outstanding', async () => {
    const failure = await failureOf(run(claritum.recordGoodsReceipt, receipt(0, '99999999')));
    expect([failure.type, failure.nonRetryable]).toEqual([FailureType.VendorRejected, true]);
    expect(await receipts()).toEqual([]);
  });

  it('tells nothing of the password', async () => {
    await sandbox.fault({ vendor: 'claritum', operation: 'setGoodsReceipts', fault: 'soap-fault' });
    const failure = await failureOf(run(claritum.recordGoodsReceipt, receipt(0, '1')));
    expect(`${failure.message} ${failure.stack} ${JSON.stringify(failure.details)}`).not.toContain('supplier-secret');
  });
});
