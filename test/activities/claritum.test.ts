import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClaritumActivities, type ClaritumActivities, type MarkExportedInput } from '../../activities/claritum';
import { DocumentStore } from '../../src/documents/store';
import { FailureType } from '../../src/domain/case/failure-types';
import { versionOf } from '../../src/domain/case/news';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
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
  const taken = (of: PurchaseOrder): MarkExportedInput => ({
    kind: 'order',
    uid: of.uid,
    orderRef: of.orderRef,
    digest: versionOf(of).digest,
  });
  const mark = (index: number) => run(claritum.markExported, taken(order(index)));

  it('takes the orders of one moment in one look and one mark', async () => {
    const lists = (await callsOf('getPurchaseOrders')).length;
    const ends = await Promise.all([0, 1, 2].map(mark));
    expect(ends).toEqual([{ kind: 'marked' }, { kind: 'marked' }, { kind: 'marked' }]);
    expect(await exported()).toEqual([true, true, true]);
    expect(await callsOf('markExported')).toHaveLength(1);
    expect(await callsOf('getPurchaseOrders')).toHaveLength(lists + 1);
  });

  it('says of one that is listed no longer that it is absent, and sends nothing', async () => {
    expect([await mark(0), await mark(0)]).toEqual([{ kind: 'marked' }, { kind: 'absent' }]);
    expect(await callsOf('markExported')).toHaveLength(1);
  });

  it('marks no version that nobody took in, be it of a later time or of the same instant', async () => {
    await sandbox.world({ amend: { orderRef: order(0).orderRef, set: { quantity: 9 } } });
    await sandbox.world({ amend: { orderRef: order(1).orderRef, set: { quantity: 9 }, sameInstant: true } });
    expect(await mark(0)).toMatchObject({ kind: 'changed', record: { quantity: '9' } });
    expect(await mark(1)).toMatchObject({ kind: 'changed', record: { quantity: '9' } });
    expect(await exported()).toEqual([false, false, false]);
  });

  it('marks a version that was only saved again', async () => {
    await sandbox.world({ status: { orderRef: order(0).orderRef, status: 'authorised' } });
    expect(await mark(0)).toEqual({ kind: 'marked' });
  });

  it('looks again at every repetition', async () => {
    await sandbox.fault({ vendor: 'claritum', operation: 'markExported', fault: '503', times: 1 });
    expect((await failureOf(mark(0))).type).toBe(FailureType.OutcomeUnknown);
    await sandbox.world({ amend: { orderRef: order(0).orderRef, set: { quantity: 9 } } });
    expect(await mark(0)).toMatchObject({ kind: 'changed' });
    expect(await exported()).toEqual([false, false, false]);
  });

  it('was not sent where the list cannot be had', async () => {
    await sandbox.fault({ vendor: 'claritum', operation: 'getPurchaseOrders', fault: '503', times: 1 });
    const failure = await failureOf(mark(0));
    expect([failure.type, factsOf(failure).code]).toEqual([FailureType.VendorUnavailable, 'NOT_LOOKED']);
    expect(await callsOf('markExported')).toEqual([]);
  });

  it('tells a record that has only the reference, or only the uid', async () => {
    const strange = { ...taken(order(0)), uid: 'PO-SECOND' };
    expect(await run(claritum.markExported, strange)).toEqual({
      kind: 'another',
      uid: order(0).uid,
      orderRef: order(0).orderRef,
    });
    const moved = { ...taken(order(0)), orderRef: 'CL-9' };
    expect(await run(claritum.markExported, moved)).toMatchObject({ kind: 'another', uid: order(0).uid });
    expect(await callsOf('markExported')).toEqual([]);
  });

  it('says that a record cannot be read any more', async () => {
    await sandbox.world({ amend: { orderRef: order(0).orderRef, set: { unitPrice: 'on request' } } });
    expect(await mark(0)).toEqual({ kind: 'unreadable', reason: 'unitPrice: is not a decimal number' });
  });

  it('looks again at a batch that was refused, and marks its records one by one', async () => {
    await sandbox.fault({ vendor: 'claritum', operation: 'markExported', fault: 'soap-fault', times: 1 });
    expect(await Promise.all([0, 1].map(mark))).toEqual([{ kind: 'marked' }, { kind: 'marked' }]);
    expect(await callsOf('markExported')).toHaveLength(3);
    expect(await exported()).toEqual([true, true, false]);
  });

  it('leaves open what became of a batch whose answer was lost, and marks none of it twice', async () => {
    await sandbox.fault({ vendor: 'claritum', operation: 'markExported', fault: 'drop', times: 1 });
    const ends = await Promise.all([0, 1].map((index) => failureOf(mark(index))));
    expect(ends.map(({ type }) => type)).toEqual([FailureType.OutcomeUnknown, FailureType.OutcomeUnknown]);
    expect(await callsOf('markExported')).toHaveLength(1);
    expect(await exported()).toEqual([true, true, false]);
  });

  it('takes a second record of the reference for no word on the one whose mark was lost', async () => {
    const { orderRef } = order(0);
    await sandbox.world({ add: { purchaseOrder: { orderRef, uid: 'PO-SECOND' } } });
    await sandbox.fault({ vendor: 'claritum', operation: 'markExported', fault: 'drop', times: 1 });
    const ends = await Promise.all([0, 1].map((index) => failureOf(mark(index))));
    expect(ends.map(({ type }) => type)).toEqual([FailureType.OutcomeUnknown, FailureType.OutcomeUnknown]);
  });

  it('leaves open what became of a batch that timed out, where there is no time left to send each alone', async () => {
    await sandbox.fault({ vendor: 'claritum', operation: 'markExported', fault: 'late', ms: 2_000, times: 1 });
    const late = attempt({ startToCloseMs: 1_500, scheduledMsAgo: 600 });
    const ends = await Promise.all(
      [0, 1].map((index) => failureOf(late.run(claritum.markExported, taken(order(index))))),
    );
    expect(ends.map(({ type }) => type)).toEqual([FailureType.OutcomeUnknown, FailureType.OutcomeUnknown]);
    expect(await callsOf('markExported')).toHaveLength(1);
  });

  it('ends in time for an order whose neighbour’s record hangs', async () => {
    await sandbox.fault({
      vendor: 'claritum',
      operation: 'markExported',
      key: order(0).uid,
      fault: 'timeout-before',
      times: -1,
    });
    const soon = (index: number) => attempt({ startToCloseMs: 1_500 }).run(claritum.markExported, taken(order(index)));
    const ends = await Promise.allSettled([soon(0), soon(1)]);
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
