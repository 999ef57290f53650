import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { FoundSalesOrder } from '../../activities/manex';
import { FailureType } from '../../src/domain/case/failure-types';
import { orderPolicy } from '../../src/domain/case/policy';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import type { SalesOrderLine } from '../../src/domain/purchase-order/sales-order';
import { lineMarker } from '../../src/domain/purchase-order/sales-order-number';
import { Fulfilment } from '../../workflows/purchase-order/fulfilment';
import { closeSalesOrder } from '../../workflows/purchase-order/sales-order';
import { amendSalesOrder } from '../../workflows/purchase-order/sales-order-changes';
import { openOrder } from '../../workflows/purchase-order/state';
import { planned, policy, purchaseOrder } from '../domain/examples';

let mockVendor: (activity: string) => Promise<unknown>;
const mockActivities = (): object => new Proxy({}, { get: (_target, activity) => () => mockVendor(String(activity)) });

// The order's own code runs; what it shows to the Web UI has no engine here, and its activities are those of the test.
jest.mock('@temporalio/workflow', (): object => ({
  ...jest.requireActual<object>('@temporalio/workflow'),
  setCurrentDetails: () => undefined,
  upsertSearchAttributes: () => undefined,
  proxyActivities: () => mockActivities(),
  proxyLocalActivities: () => mockActivities(),
}));

const before = purchaseOrder({});
const plan = planned(before);

const line = (changes: Partial<SalesOrderLine> = {}): SalesOrderLine => ({
  uniqueLn: 'L1',
  lineNo: '0000001',
  partNumber: null,
  revision: null,
  description: 'Label',
  quantity: before.quantity,
  unitOfMeasure: 'EACH',
  status: 'STANDARD',
  note: lineMarker(before.orderRef),
  prices: [{ plPriceLnk: 'P1', uniqueLn: 'L1', price: before.unitPrice, quantity: '0', saleTypeId: plan.saleTypeId }],
  dueDates: plan.deliveries.map(({ dueDate, shipDate, quantity, deliveryRef }) => ({
    dueDtUniq: `D${deliveryRef}`,
    uniqueLn: 'L1',
    dueDate,
    shipDate,
    quantity,
  })),
  ...changes,
});
const shown = (changes: Partial<SalesOrderLine> = {}, fillsLists = true): FoundSalesOrder => ({
  soNo: '0000010231',
  custNo: plan.custNo,
  poNo: before.poNumber,
  note: lineMarker(before.orderRef),
  isClosed: false,
  lines: [line(changes)],
  fillsLists,
});
/** As a server answers that leaves its lists empty: the price is known by PriceGet. */
const emptied = shown({ dueDates: [] }, false);

const refusal = new ActivityFailure(
  'refused',
  'closeSalesOrderLine',
  '1',
  'NON_RETRYABLE_FAILURE',
  'worker',
  ApplicationFailure.create({ type: FailureType.VendorRejected, message: 'refused: balance is 0', nonRetryable: true }),
);

/** An order that is placed, with what ManEx shows of it, one look after the other, and what is sent to it. */
function placed(looks: readonly FoundSalesOrder[], refused: readonly string[] = []) {
  const state = { ...openOrder(before), plan, soNo: '0000010231', uniqueLn: 'L1', stage: 'despatch' as const };
  const order = new Fulfilment(state, orderPolicy(policy()), () => Promise.reject(new Error('not in this test')));
  const sent: string[] = [];
  let seen = 0;
  mockVendor = async (activity) => {
    if (activity === 'findSalesOrder') {
      seen += 1;
      return looks[Math.min(seen, looks.length) - 1];
    }
    sent.push(activity);
    if (refused.includes(activity)) throw refusal;
    return undefined;
  };
  return { order, sent, seen: () => seen };
}

const tasksOf = ({ state }: Fulfilment): string[] => state.tasks.map(({ task }) => task);
const stepsOf = ({ state }: Fulfilment): string => state.steps.map(({ text }) => text).join('\n');

describe('closing the line', () => {
  it.each<[string, FoundSalesOrder]>([
    ['shipped by ManEx itself', shown({ isShipped: true })],
    ['closed there', shown({ status: 'CLOSED' })],
    ['cancelled there', shown({ status: 'CANCEL' })],
    ['of a closed order', { ...shown(), isClosed: true }],
  ])('sends nothing for one that is %s', async (_how, found) => {
    const { order, sent } = placed([found]);
    await closeSalesOrder(order);
    expect([sent, order.state.isLineClosed]).toEqual([[], true]);
    expect(stepsOf(order)).toContain('is complete already');
  });

  it('sends it for an open one', async () => {
    const { order, sent, seen } = placed([shown()]);
    await closeSalesOrder(order);
    expect([sent, seen(), order.state.isLineClosed]).toEqual([['closeSalesOrderLine'], 1, true]);
  });

  it('looks again where it is refused', async () => {
    const { order, sent } = placed([shown(), shown({ isShipped: true })], ['closeSalesOrderLine']);
    await closeSalesOrder(order);
    expect([sent, order.state.isLineClosed, order.state.decisions.open]).toEqual([['closeSalesOrderLine'], true, []]);
  });
});

describe('an amendment', () => {
  const amended: PurchaseOrder = {
    ...before,
    poNumber: 'PO-NEW',
    unitPrice: '0.99',
    quantity: String(Number(before.quantity) + 7),
    deliveries: before.deliveries.map((delivery, at) =>
      at === 0 ? { ...delivery, quantity: String(Number(delivery.quantity) + 7) } : delivery,
    ),
  };
  const replanned = planned(amended);
  const [first] = replanned.deliveries;

  it.each([0, 1, 2])('is carried out after %i answers with empty lists', async (empty) => {
    const { order, sent, seen } = placed([...Array.from({ length: empty }, () => emptied), shown()]);
    await amendSalesOrder(order, amended, replanned);
    expect(sent).toEqual(['editSalesOrder', 'editSalesOrderLine', 'editDueDate', 'editPrice']);
    expect([tasksOf(order), seen(), order.state.showsLists]).toEqual([[], empty + 1, true]);
  });

  it('is a task where the server fills no list', async () => {
    const { order, sent, seen } = placed([emptied]);
    await amendSalesOrder(order, amended, replanned);
    expect([sent, seen()]).toEqual([[], 3]);
    expect(tasksOf(order)).toEqual([expect.stringContaining('it does not show its line and due dates')]);
  });

  it('has more patience with a server that has filled a list before', async () => {
    const { order, sent } = placed([...Array.from({ length: 6 }, () => emptied), shown()]);
    order.state.showsLists = true;
    await amendSalesOrder(order, amended, replanned);
    expect([sent.length, tasksOf(order)]).toEqual([4, []]);
  });

  it('believes such a server that there is none, and names what is missing', async () => {
    const { order } = placed([shown({ prices: [], dueDates: [] }, false)]);
    order.state.showsLists = true;
    await amendSalesOrder(order, amended, replanned);
    expect(tasksOf(order).join('\n')).toContain('shows no due date');
    expect(tasksOf(order).join('\n')).not.toContain('it does not show its line');
  });

  it('sends nothing of what stands already, and lists nothing', async () => {
    const standing = shown({
      quantity: `${amended.quantity}.00`,
      prices: [{ plPriceLnk: 'P1', uniqueLn: 'L1', price: '0.9900', quantity: '0', saleTypeId: plan.saleTypeId }],
      dueDates: replanned.deliveries.map(({ dueDate, shipDate, quantity, deliveryRef }) => ({
        ...{ dueDtUniq: `D${deliveryRef}`, uniqueLn: 'L1', dueDate, shipDate, quantity },
      })),
    });
    const { order, sent } = placed([{ ...standing, poNo: 'PO-NEW' }]);
    await amendSalesOrder(order, amended, replanned);
    expect([sent, tasksOf(order)]).toEqual([[], []]);
    expect(stepsOf(order)).toContain(`so already in ManEx: the due date ${first?.dueDate} (${first?.quantity}`);
  });

  it('asks nothing where a refused call would have changed nothing', async () => {
    const { order, sent } = placed([shown(), { ...shown(), poNo: 'PO-NEW' }], ['editSalesOrder']);
    await amendSalesOrder(order, { ...before, poNumber: 'PO-NEW' }, plan);
    expect([sent, order.state.decisions.open]).toEqual([['editSalesOrder'], []]);
    expect(stepsOf(order)).toContain('refused, and so already: change the PO number to PO-NEW');
  });
});
