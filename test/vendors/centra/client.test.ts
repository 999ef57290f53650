import { inspect } from 'node:util';
import { FailureType } from '../../../src/domain/case/failure-types';
import { refundedOf, wanted } from '../../../src/domain/web-order/web-order';
import { soapFaults } from '../soap-faults';
import { readSandboxLedger, type WholeLedger } from '../../sandbox/ask-sandbox';
import { controlOf } from '../sandbox-control';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server';
import { VendorError } from '../../../src/transport/http/vendor-error';
import { CentraClient } from '../../../src/vendors/centra/client';
import type { CentraConfig } from '../../../src/vendors/centra/connection';
import { FULL_PAGE, type ShopEvent } from '../../../src/vendors/centra/answer';
import { toCancellation, toDespatch, toLock, toRefund } from '../../../src/vendors/centra/mapping';
import { calls } from './calls';

const endpoints = ['soap/api', 'navision/soap', 'navision/api'];
const account = { username: 'centra', password: 'centra-secret' };
const limits = { deadlineMs: 1_800, idleMs: 1_200 };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true });
});
beforeEach(async () => control('POST', 'reset', { orders: 3, seed: 1 }));
afterAll(async () => sandbox.close());

const control = controlOf(() => sandbox.origin);

const ledger = (): Promise<WholeLedger> => readSandboxLedger(sandbox.origin);
const clientWith = (change: Partial<CentraConfig> = {}, path = 'soap/api'): CentraClient =>
  new CentraClient({ endpoint: `${sandbox.origin}/ams/system/service/module/${path}`, ...account, limits, ...change });
const centra = (): CentraClient => clientWith();

async function errorOf(call: Promise<unknown>): Promise<VendorError> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof VendorError)) throw error;
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/-secret|Y2VudHJh|ams\/system|127\.0\.0\.1/);
  return error;
}

const idsOf = (events: readonly ShopEvent[]): string[] => events.map(({ id }) => id);
async function emptyQueue(): Promise<void> {
  const { events } = await centra().eventsGet();
  await centra().eventsDone({ ids: idsOf(events) });
}
async function raise(count: number, type = 'market'): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    // eslint-disable-next-line no-await-in-loop -- in this order
    await control('POST', 'world', { event: { type, data: { id: `M-${i}`, description: 'x' } } });
  }
}

describe('Centra’s queue', () => {
  it('shows the hundred oldest until they are done, as the vendor’s example says', async () => {
    await emptyQueue();
    await raise(234);
    const first = await centra().eventsGet();
    expect([first.events.length, first.unreadable]).toEqual([FULL_PAGE, []]);
    const open = async (): Promise<number> =>
      (await ledger()).centra.events.filter((event) => event['done'] === false).length;
    expect(await open()).toBe(234);
    await centra().eventsDone({ ids: idsOf(first.events).slice(0, 10) });
    expect(await open()).toBe(224);
    const second = idsOf((await centra().eventsGet()).events);
    expect(second).toHaveLength(FULL_PAGE);
    expect(second.slice(0, 90)).toEqual(idsOf(first.events).slice(10));
    expect(second.filter((id) => !idsOf(first.events).includes(id))).toHaveLength(10);
  });

  it('is drained page by page, and empty then', async () => {
    await raise(120, 'warehouse');
    const seen: string[] = [];
    let page = idsOf((await centra().eventsGet()).events);
    while (page.length > 0) {
      seen.push(...page);
      // eslint-disable-next-line no-await-in-loop -- one page after the other
      await centra().eventsDone({ ids: page });
      // eslint-disable-next-line no-await-in-loop
      page = idsOf((await centra().eventsGet()).events);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(120);
    expect(await centra().eventsGet()).toEqual({ events: [], unreadable: [] });
  });

  it('is asked by type', async () => {
    await raise(2);
    const { events } = await centra().eventsGet({ type: 'market' });
    expect(events.map(({ type, order }) => [type, order])).toEqual([
      ['market', null],
      ['market', null],
    ]);
  });

  it('is asked by the configured markets', async () => {
    const { events } = await centra().eventsGet({ type: 'order' });
    const marketId = events[0]?.order?.marketId ?? '';
    const here = await clientWith({ markets: [marketId] }).eventsGetByMarkets({ type: 'order' });
    expect(here.events.map((event) => event.order?.marketId)).toContain(marketId);
    expect((await clientWith({ markets: ['nowhere'] }).eventsGetByMarkets({ type: 'order' })).events).toEqual([]);
  });

  it('brings back in order what comes permuted and twice', async () => {
    await emptyQueue();
    await raise(5);
    for (const fault of ['reorder', 'duplicate-delivery']) {
      const common = { vendor: 'centra', operation: 'events_Get', key: '', times: 1, after: 0 };
      // eslint-disable-next-line no-await-in-loop -- one fault at a time
      await control('POST', 'faults', { ...common, fault });
      // eslint-disable-next-line no-await-in-loop
      const ids = idsOf((await centra().eventsGet()).events).map(Number);
      expect(ids).toEqual(ids.toSorted((left, right) => left - right));
      expect(new Set(ids).size).toBe(5);
    }
  });
});

describe('a web order', () => {
  const placed = async (): Promise<NonNullable<ShopEvent['order']>> => {
    const { events, unreadable } = await centra().eventsGet({ type: 'order' });
    expect(unreadable).toEqual([]);
    const order = events[0]?.order;
    if (order === null || order === undefined) throw new Error('no order in the queue');
    return order;
  };
  const latest = async (id: string): Promise<NonNullable<ShopEvent['order']>> => {
    const order = (await centra().eventsGet({ type: 'order' })).events.findLast(
      (event) => event.order?.id === id,
    )?.order;
    if (order === null || order === undefined) throw new Error('no event of the order');
    return order;
  };

  it('tells what the warehouse and the accounts need', async () => {
    const order = await placed();
    expect(order.currency).toMatch(/^[A-Z]{3}$/);
    expect(order.deliveryAddress?.country).toMatch(/^[A-Z]{2}$/);
    expect(order.lines.length).toBeGreaterThan(0);
    for (const line of order.lines) {
      expect(line).toMatchObject({ cancelled: '0', bundle: 'none', sku: expect.stringMatching(/\S/) });
      expect(line.price).toMatch(/^\d+(\.\d+)?$/);
    }
  });

  // Retail money is reserved at the order and taken when it ships (docs/vendors/centra.md#shipments).
  it.each([true, false])('is told reserved or not (paid: %s), and not taken yet', async (paid) => {
    const sku = (await placed()).lines[0]?.sku ?? '';
    await emptyQueue();
    const lines = [{ sku, quantity: 2, price: '100.00', discount: '0' }];
    const { ids } = await control<{ ids: string[] }>('POST', 'world', { webOrder: { currency: 'SEK', paid, lines } });
    const order = await placed();
    expect(ids).toContain(order.id);
    expect(order.payment).toMatchObject({ isAuthorised: paid, isPaid: false });
    expect(order.lines).toMatchObject([{ sku, ordered: '2', price: '100.00' }]);
  });

  it('is locked and shipped, with its tracking and the payment taken', async () => {
    const order = await placed();
    await centra().ordersUpdate({ orders: [toLock(order)] });
    const [shipment] = order.shipments;
    const despatch = {
      shipmentId: shipment?.id ?? `waybill-${order.id}-1`,
      sequence: shipment === undefined ? '1' : null,
      carrier: 'UPS',
      service: 'STANDARD',
      tracking: '1Z12',
      capture: true,
      isLast: true,
      lines:
        shipment === undefined
          ? order.lines.map((line) => ({ orderItemId: line.orderItemId, quantity: wanted(line) }))
          : [],
    };
    await centra().ordersUpdate({ orders: [toDespatch(order, despatch)] });
    await centra().ordersUpdate({ orders: [toDespatch(order, despatch)] });
    const now = await latest(order.id);
    expect(now).toMatchObject({ isLocked: true, shipments: [{ isShipped: true, tracking: '1Z12', isPaid: true }] });
    expect(now.shipments).toHaveLength(1);
    expect(now.payment.isPaid).toBe(true);
  });

  it('has its units cancelled, as many again at a repetition: why that is not safe', async () => {
    const sku = (await placed()).lines[0]?.sku ?? '';
    await emptyQueue();
    const lines = [{ sku, quantity: 3, price: '100.00', discount: '0' }];
    await control('POST', 'world', { webOrder: { currency: 'SEK', paid: true, lines } });
    const order = await placed();
    const orderItemId = order.lines[0]?.orderItemId ?? '';
    const cancellation = toCancellation(order, [{ orderItemId, quantity: '1' }]);
    await centra().ordersCancel({ order: cancellation });
    expect((await latest(order.id)).lines).toMatchObject([{ orderItemId, ordered: '3', cancelled: '1' }]);
    await centra().ordersCancel({ order: cancellation });
    expect((await latest(order.id)).lines).toMatchObject([{ orderItemId, ordered: '3', cancelled: '2' }]);
    expect((await ledger()).calls.filter(({ operation }) => operation === 'orders_Update')).toHaveLength(2);
  });

  it('has a shipment refunded, once however often it is told', async () => {
    const order = await placed();
    const [line] = order.lines;
    const lines = [{ orderItemId: line?.orderItemId ?? '', quantity: '1' }];
    const carriage = { carrier: null, service: null, tracking: null };
    const shipmentId = order.shipments[0]?.id ?? 's-1';
    const despatch = { ...carriage, shipmentId, sequence: '1', capture: true, isLast: false, lines };
    await centra().ordersUpdate({ orders: [toDespatch(order, despatch)] });
    const refund = { shipmentId, sequence: '1', refundId: 'waybill-r1', comment: null, lines };
    await centra().ordersUpdate({ orders: [toRefund(order, refund)] });
    await centra().ordersUpdate({ orders: [toRefund(order, refund)] });
    expect(refundedOf(await latest(order.id), line?.orderItemId ?? '')).toBe('1');
  });
});

describe('every operation', () => {
  it.each(endpoints)('is carried out by %s', async (path) => {
    const { events } = await centra().eventsGet();
    const own = clientWith({ markets: ['007'] }, path);
    for (const [name, call] of calls) {
      // The orders and events of the golden documents are not in the sandbox.
      if (!/^(?:orders_Update|events_Done)/.test(name)) {
        // eslint-disable-next-line no-await-in-loop -- in this order
        await call(own);
      }
    }
    await own.eventsDone({ ids: idsOf(events).slice(0, 1) });
    const order = events.find((event) => event.order !== null)?.order;
    if (order === null || order === undefined) throw new Error('no order in the queue');
    expect(await own.ordersUpdate({ orders: [toLock(order)] })).toEqual({ notices: [] });
    const made = (await ledger()).calls;
    expect(made.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(new Set(made.map(({ operation }) => operation)).size).toBe(17);
  });

  it.each(endpoints)('is refused by %s with the wrong password, which no error shows', async (path) => {
    const own = clientWith({ password: 'wrong-secret' }, path);
    expect((await errorOf(own.eventsGet())).type).toBe(FailureType.VendorUnauthorized);
    const update = own.marketsUpdate({ markets: [{ id: '1' }] });
    expect((await errorOf(update)).type).toBe(FailureType.VendorUnauthorized);
  });

  it('adds notices to its yes where there is something to say', async () => {
    const sizes = [{ id: 'XS', description: 'Tiny', sizetable: { id: 'new', description: 'New' } }];
    expect(await centra().sizesUpdate({ sizes })).toEqual({ notices: ['Added new size: XS: Tiny to: New!'] });
    expect(await centra().sizesUpdate({ sizes })).toEqual({ notices: [] });
  });
});

describe('each fault of the wire', () => {
  it.each(soapFaults)('%j ends as what it is, whatever took effect', async (fault, asWrite, asRead, effects) => {
    const ids = idsOf((await centra().eventsGet()).events).slice(0, 1);
    const common = { vendor: 'centra', key: '', times: 1, after: 0, ...fault };
    await control('POST', 'faults', [
      { ...common, operation: 'events_Done' },
      { ...common, operation: 'events_Get' },
    ]);
    expect((await errorOf(centra().eventsDone({ ids }))).type).toBe(asWrite);
    expect((await ledger()).centra.events.filter((event) => event['done'] === true)).toHaveLength(effects);
    expect((await errorOf(centra().eventsGet())).type).toBe(asRead);
    expect((await centra().eventsGet()).unreadable).toEqual([]);
  });
});
