import { invoiceWorkflowId, purchaseOrderWorkflowId } from '../../src/domain/case/names';
import { Poller } from './poller';

let poller: Poller;
beforeEach(async () => {
  poller = await Poller.open();
});
afterEach(() => poller.close());

const order = (): string => purchaseOrderWorkflowId(poller.ref(0));
const reason = (workflowId: string, how: string): string =>
  `its workflow ${workflowId} ${how} before it was dealt with, so nobody marks it: finish it by hand and mark it exported in Claritum, or reset that workflow in Temporal`;

const hasEnded = (workflowId: string): string =>
  `its workflow ${workflowId} has ended, and it is still listed: look whether all of it is dealt with, then mark it exported in Claritum by hand`;
const anHourFromNow = (): Date => new Date(Date.now() + 3_600_000);

describe('a record that is listed unchanged although its order came to its end', () => {
  it('is set aside, an order and its delivery alike', async () => {
    const { watermark } = await poller.poll();
    await poller.sandbox.world({ deliver: { orderRef: poller.ref(0), deliveryRef: '', quantity: 1 } });
    const handed = await poller.poll(watermark);
    poller.temporal.end(order());
    expect((await poller.poll(handed.watermark)).setAside).toMatchObject([
      { kind: 'purchase order', reason: hasEnded(order()) },
      { kind: 'delivery', reason: hasEnded(order()) },
    ]);
  });

  it('is not where the order ended after the list was asked for: its mark came between', async () => {
    const { watermark } = await poller.poll();
    poller.temporal.end(order(), 'COMPLETED', anHourFromNow());
    expect((await poller.poll(watermark)).setAside).toEqual([]);
  });

  it('is not where it is an invoice, which is listed as long as it is disputed', async () => {
    const { watermark } = await poller.poll();
    await poller.sandbox.world({
      invoice: { kind: 'purchase', orderRef: poller.ref(0), number: 'INV-1', quantity: 1, net: '1.00' },
    });
    const handed = await poller.poll(watermark);
    poller.temporal.end(order());
    expect((await poller.poll(handed.watermark)).setAside).toMatchObject([{ kind: 'purchase order' }]);
  });
});

describe('a record that is listed although its workflow did not end by itself', () => {
  it.each([
    ['TERMINATED', 'was terminated'],
    ['FAILED', 'failed'],
    ['TIMED_OUT', 'timed out'],
  ] as const)('is set aside at every look: an order whose workflow has the status %s', async (status, said) => {
    let { watermark } = await poller.poll();
    const { starts } = poller.temporal;
    poller.temporal.end(order(), status);
    for (let turn = 0; turn < 3; turn += 1) {
      const taken = await poller.poll(watermark);
      ({ watermark } = taken);
      expect(taken).toMatchObject({ started: 0, known: 2 });
      expect(taken.setAside).toEqual([
        { kind: 'purchase order', uid: expect.any(String) as string, reason: reason(order(), said) },
      ]);
    }
    expect(poller.temporal.starts).toBe(starts);
  });

  it('is set aside no longer where the workflow was reset, or the record is listed no more', async () => {
    const { watermark } = await poller.poll();
    poller.temporal.end(order(), 'TERMINATED');
    const told = await poller.poll(watermark);
    poller.temporal.reset(order());
    expect(await poller.poll(told.watermark)).toMatchObject({ known: 3, setAside: [] });
    poller.temporal.end(order(), 'TERMINATED');
    await poller.sandbox.world({ cancel: { orderRef: poller.ref(0) } });
    expect((await poller.poll(told.watermark)).setAside).toEqual([]);
  });

  it('stays set aside when Temporal has forgotten the workflow', async () => {
    const { watermark } = await poller.poll();
    poller.temporal.end(order(), 'TERMINATED');
    const told = await poller.poll(watermark);
    poller.temporal.forget(order());
    const later = await poller.poll(told.watermark);
    expect([told.setAside.length, later.setAside]).toEqual([1, told.setAside]);
  });

  it('is told of where it is a delivery', async () => {
    const { watermark } = await poller.poll();
    await poller.sandbox.world({ deliver: { orderRef: poller.ref(0), deliveryRef: '', quantity: 1 } });
    const handed = await poller.poll(watermark);
    poller.temporal.end(order(), 'TERMINATED');
    expect((await poller.poll(handed.watermark)).setAside).toMatchObject([
      { kind: 'purchase order' },
      { kind: 'delivery', reason: reason(order(), 'was terminated') },
    ]);
  });

  it('is offered to a workflow of its own where it is an invoice, once; told of where that was terminated too', async () => {
    const { watermark } = await poller.poll();
    await poller.sandbox.world({
      invoice: { kind: 'purchase', orderRef: poller.ref(0), number: 'INV-1', quantity: 1, net: '1.00' },
    });
    const handed = await poller.poll(watermark);
    expect(poller.signals('invoiceReported')).toHaveLength(1);
    poller.temporal.end(order(), 'TERMINATED');
    const offered = await poller.poll(handed.watermark);
    expect(offered).toMatchObject({ invoices: 1, setAside: [{ kind: 'purchase order' }] });
    const { purchaseInvoices } = (await poller.sandbox.ledger()).claritum;
    const own = invoiceWorkflowId('purchase', purchaseInvoices[0]?.uid ?? '');
    expect(poller.temporal.started.at(-1)).toMatchObject({
      workflowType: 'settleInvoice',
      options: { workflowId: own },
    });
    const after = await poller.poll(offered.watermark);
    expect(after).toMatchObject({ invoices: 0, setAside: [{ kind: 'purchase order' }] });
    expect(poller.signals('invoiceReported')).toHaveLength(1);
    poller.temporal.end(own, 'TERMINATED');
    expect((await poller.poll(after.watermark)).setAside).toMatchObject([
      { kind: 'purchase order' },
      { kind: 'invoice', reason: reason(own, 'was terminated') },
    ]);
  });
});

describe('a record that has been away from the list for one look', () => {
  it('stays set aside where its workflow was terminated, also when Temporal has forgotten that', async () => {
    const { watermark } = await poller.poll();
    poller.temporal.end(order(), 'TERMINATED');
    const told = await poller.poll(watermark);
    poller.temporal.forget(order());
    await poller.sandbox.fault({ vendor: 'claritum', operation: 'getPurchaseOrders', fault: 'empty-list', after: 0 });
    const empty = await poller.poll(told.watermark);
    expect(empty).toMatchObject({ known: 0, setAside: [] });
    const { starts } = poller.temporal;
    expect((await poller.poll(empty.watermark)).setAside).toEqual(told.setAside);
    // The two others are told, for one that comes back may have to be marked once more.
    expect(poller.temporal.starts).toBe(starts);
  });
});

it('is told of where Temporal knows no workflow of it any more', async () => {
  const { watermark } = await poller.poll();
  poller.temporal.forget(order());
  expect((await poller.poll(watermark)).setAside).toMatchObject([
    { kind: 'purchase order', reason: expect.stringMatching(/^Temporal knows no workflow of it any more/) },
  ]);
});

it('is told of where it is an invoice whose own workflow was terminated while its order runs', async () => {
  const { watermark } = await poller.poll();
  await poller.sandbox.world({
    invoice: { kind: 'purchase', orderRef: poller.ref(0), number: 'INV-1', quantity: 1, net: '1.00' },
  });
  poller.temporal.end(order(), 'TERMINATED');
  const own = invoiceWorkflowId('purchase', (await poller.sandbox.ledger()).claritum.purchaseInvoices[0]?.uid ?? '');
  const offered = await poller.poll(watermark);
  poller.temporal.reset(order());
  poller.temporal.end(own, 'TERMINATED');
  expect((await poller.poll(offered.watermark)).setAside).toMatchObject([
    { kind: 'invoice', reason: reason(own, 'was terminated') },
  ]);
});

it('holds up no other where Temporal lets its workflow be told nothing more', async () => {
  const { watermark } = await poller.poll();
  poller.temporal.refuseSignals(order(), 3, 'exceeded workflow execution limit for signal events');
  for (const at of [0, 1])
    await poller.sandbox.world({ deliver: { orderRef: poller.ref(at), deliveryRef: '', quantity: 1 } });
  const taken = await poller.poll(watermark);
  expect(taken.setAside).toMatchObject([
    { kind: 'delivery', reason: 'Temporal does not take it: exceeded workflow execution limit for signal events' },
  ]);
  expect(poller.signals('deliveryReported')).toHaveLength(1);
});
