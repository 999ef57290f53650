import * as fc from 'fast-check';
import { jsonBytes, bounds } from '../../src/domain/values/bounds';
import { sum } from '../../src/domain/values/decimal';
import { contentDigest } from '../../src/domain/case/news';
import { orderPolicy } from '../../src/domain/case/policy';
import type { PurchaseOrder, PurchaseOrderDelivery } from '../../src/domain/purchase-order/purchase-order';
import { purchaseOrderFault } from '../../src/domain/feed/screening';
import { carried, carriedOn } from '../../workflows/purchase-order/carried';
import { reportAmendment, requestAmendment, requestCancellation } from '../../workflows/purchase-order/change';
import { Fulfilment } from '../../workflows/purchase-order/fulfilment';
import { openOrder, type OrderState } from '../../workflows/purchase-order/state';
import { takeInvoice } from '../../workflows/purchase-order/invoices';
import { takeReport } from '../../workflows/purchase-order/delivery-reports';
import { delivery, planned, policy, purchaseOrder } from '../domain/examples';
import { invoice } from '../domain/invoice/invoice-examples';
import { refusedCall } from '../../src/domain/case/questions';

// The order's own code runs; what it shows to the Web UI, and waits for, has no engine here.
jest.mock('@temporalio/workflow', (): object => ({
  ...jest.requireActual<object>('@temporalio/workflow'),
  setCurrentDetails: () => undefined,
  upsertSearchAttributes: () => undefined,
  condition: () => new Promise<never>(() => undefined),
  CancellationScope: { nonCancellable: (run: () => unknown) => run() },
}));

/** How long the texts of an order are. */
type Texts = 'ordinary' | 'greatest';

/** A delivery as Claritum lists it, with instructions that are not of interest to anybody but the driver. */
const delivered = (at: number, instructions: string | null): PurchaseOrderDelivery =>
  delivery({ deliveryRef: `PO-10231-D${at + 1}`, sequence: String(at + 1), quantity: '10', instructions });

function orderOf(count: number, texts: Texts): PurchaseOrder {
  const withTexts = (length: number): PurchaseOrder =>
    purchaseOrder({
      deliveries: Array.from({ length: count }, (_, at) => delivered(at, length === 0 ? null : 'x'.repeat(length))),
      quantity: String(count * 10),
      projectTitle: texts === 'ordinary' ? 'Labels' : 'T'.repeat(bounds.title),
    });
  if (texts === 'ordinary') return withTexts(0);
  // The longest instructions with which the record still passes.
  let [fits, breaks] = [0, bounds.instructions + 1];
  while (breaks - fits > 1) {
    const middle = Math.floor((fits + breaks) / 2);
    if (purchaseOrderFault(withTexts(middle)) === undefined) fits = middle;
    else breaks = middle;
  }
  return withTexts(fits);
}

/** Everything placed, despatched and received but for what is reported meanwhile; a cancellation is still possible. */
function placed(order: PurchaseOrder): OrderState {
  const state = openOrder(order);
  const all = { allocated: '10', despatched: '5', received: '5' };
  return {
    ...state,
    stage: 'despatch',
    plan: planned(order),
    soNo: '0000010231',
    warehouseOrders: order.deliveries.map(({ deliveryRef, sequence }) => ({
      orderId: `0000010231-${sequence}`,
      deliveryRef,
    })),
    compensations: order.deliveries.map(({ sequence }) => ({
      task: `NorthScope: cancel order 0000010231-${sequence} (queue, order and allocation) by hand; its API offers no way`,
    })),
    receipts: order.deliveries.map((_, at) => ({ receiptRef: `WB-DL-10231-${at}`, quantity: '5' })),
    booked: order.deliveries.map((_, at) => ({
      uid: `DL-10231-${at}`,
      deliveryRef: `PO-10231-D${at + 1}`,
      digest: contentDigest(at),
      quantity: '5',
      settled: '5',
      receipts: 1,
      isMarked: true,
    })),
    ledger: { ...state.ledger, deliveries: state.ledger.deliveries.map((row) => ({ ...row, ...all })) },
  };
}

/** What the order hands to its next history. */
const handed = ({ state }: Fulfilment): object => ({
  order: state.order,
  policy: orderPolicy(policy()),
  carried: carried(state),
});

/** A message from outside. */
type Message = (order: Fulfilment, turn: number) => void;

const changedOrder = (order: Fulfilment, turn: number, quantity: number): PurchaseOrder => {
  const { deliveries, ...rest } = order.state.order;
  const changed = deliveries.map((each, at) => (at % 2 === turn % 2 ? { ...each, quantity: String(quantity) } : each));
  return { ...rest, deliveries: changed, quantity: sum(changed.map((each) => each.quantity)) };
};
const long = fc.integer({ min: 1, max: 100_000 }).map((length) => '注'.repeat(length));
const quantities = fc.integer({ min: 5, max: 99 });

const messages: fc.Arbitrary<Message> = fc.oneof(
  quantities.map((quantity): Message => (order, turn) => {
    requestAmendment(order, changedOrder(order, turn, quantity), 'olga');
  }),
  quantities.map((quantity): Message => (order, turn) => {
    const lastModified = `2030-01-01T00:00:00.${String(turn).padStart(3, '0')}Z`;
    reportAmendment(order, { ...changedOrder(order, turn, quantity), lastModified });
  }),
  long.map((reason): Message => (order) => {
    order.desk.signalled('reject', { by: reason, reason, decision: reason });
  }),
  long.map(
    (reason): Message =>
      (order) =>
        order.desk.signalled('approve', { by: 'anna', reason, decision: 'none' }),
  ),
  long.map((text): Message => (order) => {
    const facts = Array.from({ length: 100 }, () => ({ label: 'refusal', value: text }));
    if (order.state.decisions.open.length === 0)
      void order.desk.ask({ of: refusedCall, values: { what: text }, facts: facts.slice(0, 1) });
  }),
  fc.nat(999).map((at): Message => (order, turn) => {
    const { deliveryRef } = order.state.order.deliveries[at % order.state.order.deliveries.length] ?? delivery();
    const report = { uid: `DL-${turn}`, orderRef: 'PO-10231', deliveryRef, quantity: '5', status: 'delivered' };
    const unset = { deliveryDate: null, despatchedDate: null, carrier: null, consignmentNumber: null };
    takeReport(order, { ...report, ...unset });
  }),
  fc.nat(9).map((number): Message => (order, turn) => {
    const description = `Labels, as delivered, part ${turn}`;
    const lines = Array.from({ length: 20 }, () => ({ description, quantity: '5', net: '0.55', tax: '0.11' }));
    takeInvoice(order, invoice({ uid: `PI-${number}`, invoiceNumber: `INV-${number}`, lines }));
  }),
  long.map(
    (reason): Message =>
      (order) =>
        order.note(reason),
  ),
  // A task is a sentence of ours: what it names has passed the gate.
  fc.constant<Message>((order) => order.task(`tell the buyer that ${'x'.repeat(280)}`)),
  fc.constant<Message>((order) => void requestCancellation(order, 'anna', 'no longer wanted')),
);

describe.each([
  [1, 256_000],
  [250, 256_000],
  [1_000, 1_500_000],
])('an order of %i deliveries', (count, most) => {
  it.each(['ordinary', 'greatest'] as const)('with texts of %s length stays below its size', (texts) => {
    const order = orderOf(count, texts);
    expect(purchaseOrderFault(order)).toBeUndefined();
    fc.assert(
      fc.property(fc.array(messages, { minLength: 1, maxLength: 40, size: 'max' }), (sequence) => {
        const running = new Fulfilment(placed(order), orderPolicy(policy()), () =>
          Promise.reject(new Error('not in this test')),
        );
        for (const [turn, message] of sequence.entries()) message(running, turn);
        expect(jsonBytes(handed(running))).toBeLessThan(most);
        expect(jsonBytes(running.progress())).toBeLessThan(most);
        expect(carriedOn(running.state.order, carried(running.state))).toEqual(running.state);
      }),
      { numRuns: count > 250 ? 2 : 20, endOnFailure: true },
    );
  });
});

it('takes in as many invoices and deliveries as it can hold; of each one more, a person is told', () => {
  const running = new Fulfilment(placed(orderOf(1, 'ordinary')), orderPolicy(policy()), () =>
    Promise.reject(new Error('not in this test')),
  );
  const { state } = running;
  for (let at = 0; at < bounds.lines + 2; at += 1)
    takeInvoice(running, invoice({ uid: `PI-${at}`, invoiceNumber: `INV-${at}`, lines: [] }));
  const unset = { deliveryDate: null, despatchedDate: null, carrier: null, consignmentNumber: null };
  const report = { orderRef: 'PO-10231', deliveryRef: 'PO-10231-D1', quantity: '5', status: 'delivered', ...unset };
  for (let at = 0; at < 2 * bounds.lines + 1; at += 1) takeReport(running, { ...report, uid: `DL-${at}` });
  expect([state.openInvoices.length, state.reported.length]).toEqual([bounds.lines, 2 * bounds.lines - 1]);
  expect(state.tasks.map(({ key }) => key)).toEqual([
    `invoice-untaken:PI-${bounds.lines}`,
    `invoice-untaken:PI-${bounds.lines + 1}`,
    `delivery-untaken:DL-${2 * bounds.lines - 1}`,
    `delivery-untaken:DL-${2 * bounds.lines}`,
  ]);
});
