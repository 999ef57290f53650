import { type ClaritumLists, takeOver, type TakenOver as HandedOver } from '../../activities/feeds/claritum';
import { Owners } from '../../activities/feeds/owners';
import { purchaseOrderWorkflowId } from '../../src/domain/case/names';
import type { DeliveryReport, PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { type ClaritumWatermark, nothingSeen } from '../../src/domain/feed/watermark';
import { policy, purchaseOrder } from '../domain/examples';
import { StubTemporal } from './stub-temporal';

type TakenOver = Omit<HandedOver, 'counts'> & HandedOver['counts'];

let temporal: StubTemporal;
beforeEach(() => {
  temporal = new StubTemporal();
});

const report = (changes: Partial<DeliveryReport> = {}): DeliveryReport => ({
  uid: 'D-1',
  orderRef: 'PO-10231',
  deliveryRef: 'PO-10231-D1',
  quantity: '40',
  deliveryDate: null,
  despatchedDate: null,
  carrier: null,
  consignmentNumber: null,
  status: 'delivered',
  ...changes,
});

/** One look at lists that no sandbox makes. */
async function look(
  listed: { readonly orders?: readonly PurchaseOrder[]; readonly deliveries?: readonly DeliveryReport[] },
  watermark: ClaritumWatermark = nothingSeen,
): Promise<TakenOver> {
  const list = <T>(records: readonly T[] = []) => ({ records, unreadable: [] });
  const lists: ClaritumLists = {
    orders: list(listed.orders),
    deliveries: list(listed.deliveries),
    invoices: list([]),
  };
  const owners = new Owners(temporal.client, policy());
  const { counts, ...taken } = await takeOver(
    lists,
    { watermark, isAnew: false, readAt: new Date() },
    owners,
    policy().claritum,
  );
  return { ...counts, ...taken };
}

const told = (signal: string) =>
  temporal.signalled.filter((sent) => sent.signal === signal).map(({ workflowId, args }) => ({ workflowId, args }));
const started = (): string[] => temporal.started.map(({ options }) => options.workflowId);
const reasons = ({ setAside }: TakenOver): string[] => setAside.map(({ uid, reason }) => `${uid}: ${reason}`);

describe('a record that is listed twice', () => {
  it('in one version counts once', async () => {
    expect(await look({ orders: [purchaseOrder(), purchaseOrder()] })).toMatchObject({ started: 1, setAside: [] });
  });

  it.each([[true], [false]])(
    'counts in the version of the later time, wherever that stands (last: %s)',
    async (last) => {
      const versions = [purchaseOrder({ quantity: '9', lastModified: '2026-01-06T09:00:00Z' }), purchaseOrder()];
      await look({ orders: last ? versions.toReversed() : versions });
      expect(temporal.started[0]?.options['args']).toMatchObject([{ order: { quantity: '9' } }]);
    },
  );

  it('in two versions of one instant is set aside, for nobody can know which is meant', async () => {
    const { setAside, started: starts } = await look({ orders: [purchaseOrder({ quantity: '9' }), purchaseOrder()] });
    expect(starts).toBe(0);
    expect(setAside).toMatchObject([{ uid: 'uid-1', reason: expect.stringContaining('listed 2 times') }]);
  });

  it('for two orders is set aside, whatever the times say', async () => {
    const other = purchaseOrder({ orderRef: 'CL-55555', lastModified: '2026-01-06T09:00:00Z' });
    expect(reasons(await look({ orders: [purchaseOrder(), other] }))).toEqual([
      expect.stringContaining('uid-1: it is listed 2 times'),
    ]);
    expect(started()).toEqual([]);
  });

  it('as a delivery has no time, so it is set aside', async () => {
    const taken = await look({ deliveries: [report(), report({ quantity: '60' })] });
    expect(reasons(taken)).toEqual([expect.stringContaining('D-1: it is listed 2 times')]);
  });
});

describe('a record that changes its order', () => {
  it('is one order, not two: under another reference it is set aside, also after it was listed no longer', async () => {
    const first = await look({ orders: [purchaseOrder()] });
    const marked = await look({ orders: [] }, first.watermark);
    const moved = await look({ orders: [purchaseOrder({ orderRef: 'CL-99123' })] }, marked.watermark);
    expect(reasons(moved)).toEqual([
      expect.stringContaining("under the reference 'PO-10231' and names 'CL-99123' now"),
    ]);
    expect(started()).toEqual([purchaseOrderWorkflowId('PO-10231')]);
  });

  it('as a delivery is handed to one order only', async () => {
    const orders = [purchaseOrder(), purchaseOrder({ uid: 'uid-2', orderRef: 'CL-77001' })];
    const first = await look({ orders, deliveries: [report()] });
    const moved = await look({ orders, deliveries: [report({ orderRef: 'CL-77001' })] }, first.watermark);
    expect(reasons(moved)).toEqual([expect.stringContaining('D-1: it was handed over')]);
    expect(told('deliveryReported')).toHaveLength(1);
  });
});

describe('what was handed over and comes back', () => {
  it('is told in whatever status: a delivery that was received is on its way again', async () => {
    const orders = [purchaseOrder()];
    const first = await look({ orders, deliveries: [report()] });
    const marked = await look({ orders, deliveries: [] }, first.watermark);
    await look({ orders, deliveries: [report({ status: 'in transit' })] }, marked.watermark);
    expect(told('deliveryReported').at(-1)?.args).toMatchObject([{ delivery: { status: 'in transit' } }]);
  });

  it('is told to its own order, also where another record of its reference is listed before it', async () => {
    const own = purchaseOrder();
    const second = purchaseOrder({ uid: 'PO-SECOND', quantity: '70' });
    const first = await look({ orders: [own] });
    const marked = await look({ orders: [second] }, first.watermark);
    expect(reasons(marked)).toEqual([
      expect.stringContaining('PO-SECOND: the reference PO-10231 belongs to the record'),
    ]);
    const amended = purchaseOrder({ quantity: '130', lastModified: '2026-01-06T09:00:00Z' });
    const both = await look({ orders: [second, amended] }, marked.watermark);
    expect(reasons(both)).toEqual(reasons(marked));
    expect(told('orderReported').map(({ args }) => args)).toMatchObject([[{ order: { quantity: '130' } }]]);
  });
});

describe('an order that falls due while others are told of their absence', () => {
  const FIRST = Date.parse('2026-01-06T09:01:00Z');
  const since = (instant: string, orderRef: string) => ({ orderRef, since: instant });

  /** The orders are listed once, and then no longer; one of them falls due a second after the others. */
  async function absent(sooner: readonly string[], later: string): Promise<ClaritumWatermark> {
    const orders = [...sooner, later].map((orderRef) => purchaseOrder({ uid: `uid-${orderRef}`, orderRef }));
    await look({ orders });
    return {
      ...nothingSeen,
      absent: Object.fromEntries([
        ...sooner.map((orderRef) => [`uid-${orderRef}`, since('2026-01-06T09:00:00Z', orderRef)] as const),
        [`uid-${later}`, since('2026-01-06T09:00:01Z', later)],
      ]),
    };
  }

  /** The clock goes on by a second when the first of these signals is sent. */
  const slowBy = (signal: string): void => {
    jest.spyOn(Date, 'now').mockImplementation(() => FIRST + (told(signal).length > 0 ? 1_000 : 0));
  };
  afterEach(() => jest.restoreAllMocks());

  it('is withdrawn at the next look', async () => {
    const watermark = await absent(['CL-1'], 'CL-2');
    slowBy('orderWithdrawn');
    const first = await look({}, watermark);
    expect(first.watermark.absent).toEqual({ 'uid-CL-2': since('2026-01-06T09:00:01Z', 'CL-2') });
    await look({}, first.watermark);
    expect(told('orderWithdrawn').map(({ workflowId }) => workflowId)).toEqual(
      ['CL-1', 'CL-2'].map(purchaseOrderWorkflowId),
    );
  });

  it('is asked about at the next look, where many vanished', async () => {
    const watermark = await absent(['CL-1', 'CL-2', 'CL-3'], 'CL-4');
    slowBy('ordersVanished');
    const first = await look({}, watermark);
    expect(first.watermark.absent).toMatchObject({ 'uid-CL-3': { isAsked: true } });
    expect(first.watermark.absent['uid-CL-4']).toEqual(since('2026-01-06T09:00:01Z', 'CL-4'));
    await look({}, first.watermark);
    expect(told('ordersVanished').map(({ args }) => args)).toMatchObject([
      [{ orderRefs: ['CL-1', 'CL-2', 'CL-3'] }],
      [{ orderRefs: ['CL-4'] }],
    ]);
  });
});

describe('a uid that is the name of a member which every object has', () => {
  it.each(['toString', 'valueOf', 'constructor', '__proto__'])('is a uid like any other: %s', async (uid) => {
    const order = purchaseOrder({ uid, orderRef: 'CL-7' });
    const first = await look({ orders: [order] });
    expect([first.started, first.setAside, started()]).toEqual([1, [], [purchaseOrderWorkflowId('CL-7')]]);
    const second = await look({ orders: [order] }, first.watermark);
    expect([second.started, second.setAside, temporal.signalled]).toEqual([0, [], []]);
    // Not delivered yet, so that nobody takes it.
    expect((await look({ deliveries: [report({ uid, status: 'despatched' })] })).deliveries).toBe(0);
  });
});

it('forgets first what left the list first, also where uids are whole numbers', async () => {
  const long = { orderRef: 'PO-1', digest: '', goneSince: '2026-01-01T00:00:00.000Z' };
  const gone = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [String(at + 1), long]));
  const orders = { ...gone, 20001: { orderRef: 'PO-10231', digest: 'of what was handed over' } };
  const { watermark } = await look({}, { ...nothingSeen, orders });
  expect(watermark.orders['20001']).toMatchObject({ orderRef: 'PO-10231', digest: '' });
  expect(Object.keys(watermark.orders)).toHaveLength(10_000);
});
