import { startSandbox } from '../../src/sandbox/server';
import type { Sandbox } from '../../src/sandbox/server';
import { bodyOf, fields, list, paths, request, shipment } from './centra-calls';
import { call, control } from './http-caller';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true });
});
afterEach(() => sandbox.close());

const send = (operation: string, inner: string) =>
  call(`${sandbox.origin}${paths.current}`, {
    body: request(operation, inner),
    headers: { 'content-type': 'text/xml' },
  });
const order = (id: string, inner: string) =>
  send('orders_Update', `<orders><order><id>${id}</id><type>retail</type><store>1</store>${inner}</order></orders>`);
const get = () => send('events_GetRequest', '<type>all</type>');
const eventIds = (body = '') => list(fields(bodyOf(body)['events_Get'])['events']).map(({ id }) => id);
const fault = (body: unknown) => control(sandbox.origin, 'faults', { vendor: 'centra', ...fields(body) });
const world = (action: unknown) => control(sandbox.origin, 'world', action);
const ledger = async () => {
  const { centra, calls } = fields((await control(sandbox.origin, 'ledger', undefined, 'GET')).value);
  const { orders, events, other } = fields(centra);
  return { orders: list(orders), events: list(events), other: fields(other), calls: list(calls) };
};

it('writes each call into the ledger with the ids of its records, sorted', async () => {
  await get();
  const one = (id: string) => `<order><id>${id}</id><type>retail</type><store>1</store><locked>yes</locked></order>`;
  await send('orders_Update', `<orders>${one('32')}${one('30')}</orders>`);
  await send('events_Done', '<event>117</event><event>115</event><event>115</event>');
  const { calls, events, other } = await ledger();
  expect(calls).toMatchObject([
    { vendor: 'centra', operation: 'events_Get', key: '', outcome: 'ok', effects: 0 },
    { vendor: 'centra', operation: 'orders_Update', key: '30,32', outcome: 'ok', effects: 2 },
    { vendor: 'centra', operation: 'events_Done', key: '115,117', outcome: 'ok', effects: 2 },
  ]);
  expect(events.map(({ id, done }) => [id, done])).toEqual([
    ['115', true],
    ['116', false],
    ['117', true],
    ['118', false],
    ['119', false],
  ]);
  expect(other).toEqual({});
});

it('loses an answer and not its effect; a Fault and a no of its own leave none', async () => {
  await fault({ operation: 'orders_Update', key: '30', fault: 'drop' });
  expect((await order('30', '<locked>yes</locked>')).error).toBeDefined();
  await fault([{ vendor: 'centra', operation: 'orders_Update', fault: 'soap-fault' }][0]);
  const faulted = await order('31', '<locked>yes</locked>');
  expect([faulted.status, Object.keys(bodyOf(faulted.body ?? ''))]).toEqual([500, ['Fault']]);
  await fault({ operation: 'orders_Update', fault: 'refused-by-vendor' });
  const refused = await order('31', '<locked>yes</locked>');
  expect([refused.status, bodyOf(refused.body ?? '')['result']]).toMatchObject([200, { success: 'false' }]);
  await fault({ operation: 'events_Get', fault: 'refused-by-vendor' });
  expect((await get()).status).toBe(500);
  const { orders, calls } = await ledger();
  expect(orders.map(({ locked }) => locked)).toEqual(['yes', 'no', 'no']);
  expect(calls.map(({ outcome, effects, fault: name }) => [outcome, effects, name])).toEqual([
    ['none', 1, 'drop'],
    ['refused', 0, 'soap-fault'],
    ['refused', 0, 'refused-by-vendor'],
    ['refused', 0, 'refused-by-vendor'],
  ]);
});

it('repeats and permutes the events, and answers an update with events and events with a result', async () => {
  await fault({ operation: 'events_Get', fault: 'duplicate-delivery' });
  expect(eventIds((await get()).body)).toEqual(['115', '116', '117', '115', '116', '117']);
  await fault({ operation: 'events_Get', fault: 'reorder' });
  expect(eventIds((await get()).body)).toEqual(['117', '116', '115']);
  await fault({ fault: 'wrong-answer', times: 2 });
  expect(Object.keys(bodyOf((await get()).body ?? ''))).toEqual(['result']);
  expect(Object.keys(bodyOf((await send('events_Done', '<event>115</event>')).body ?? ''))).toEqual(['events_Get']);
  expect(eventIds((await get()).body)).toEqual(['116', '117']);
});

describe('the people', () => {
  it('place an order, with an event', async () => {
    const line = { sku: 'TEE100WHT-M', quantity: 2, price: '100.00', discount: '12.5' };
    const placed = { webOrder: { currency: 'EUR', paid: true, lines: [line, { sku: '0071', quantity: '1' }] } };
    expect(await world(placed)).toEqual({ status: 200, value: { ok: true, ids: ['33'] } });
    const { orders, events } = await ledger();
    expect(orders[3]).toMatchObject({ id: '33', currency: 'EUR', ordertotal: '304.50', status: 'processing' });
    expect(list(orders[3]?.['products'])).toMatchObject([
      { origprice: '100.00', discount: '12.5', price: '87.50', qty: '2', subtotal: '175' },
      { price: '129.50', qty: '1' },
    ]);
    expect(events[3]).toMatchObject({ id: '118', type: 'order', entry: '33', done: false });
  });

  it('wait for what the shop has not got', async () => {
    await world({ webOrder: { lines: [{ sku: 'PRK900NVY-M', quantity: 13 }] } });
    const [product] = list((await ledger()).orders[3]?.['products']);
    expect(list(product?.['sizes'])).toMatchObject([{ qty: '13', preorder: 'yes', warehouseitems: [] }]);
  });

  it('cancel rows before, and bring goods back after they were shipped', async () => {
    expect((await world({ cancel: { webOrder: '31', lines: [{ orderitem: '73', quantity: 1 }] } })).value).toEqual({
      ok: true,
      ids: ['31'],
    });
    expect((await world({ refund: { webOrder: '31', lines: [{ orderitem: '74', quantity: 1 }] } })).status).toBe(400);
    await order('31', shipment('s1', { 74: 1 }, '<shipped>yes</shipped><capture>yes</capture>'));
    await order('31', shipment('s2', { 74: 1 }, '<shipped>yes</shipped><capture>yes</capture>'));
    expect((await world({ refund: { webOrder: '31', lines: [{ orderitem: '74', quantity: 2 }] } })).status).toBe(200);
    const changed = (await ledger()).orders[1];
    expect(
      list(changed?.['shipments']).map(({ id, refunds }) => [id, list(refunds).map((refund) => refund['id'])]),
    ).toEqual([
      ['s1', ['501']],
      ['s2', ['502']],
    ]);
    expect(fields(changed?.['payments'])).toMatchObject({ total: '0.00' });
    expect((await world({ cancel: { webOrder: '31' } })).status).toBe(400);
    expect((await world({ cancel: { webOrder: '32' } })).status).toBe(200);
    expect((await ledger()).orders[2]).toMatchObject({ status: 'cancelled' });
  });

  it('raise an event of any type', async () => {
    expect((await world({ event: { type: 'market', data: {} } })).value).toEqual({ ok: true, ids: ['118'] });
    expect((await ledger()).events[3]).toMatchObject({ type: 'market', entry: '', data: { market: {} }, done: false });
  });

  it.each([
    [{ webOrder: { lines: [{ sku: 'NONE', quantity: 1 }] } }, 404],
    [{ webOrder: { lines: [] } }, 400],
    [{ webOrder: { lines: [{ sku: '0071', quantity: 0 }] } }, 400],
    [{ webOrder: { lines: [{ sku: '0071', quantity: 1, discount: '101' }] } }, 400],
    [{ webOrder: { paid: 'yes', lines: [{ sku: '0071', quantity: 1 }] } }, 400],
    [{ cancel: { webOrder: '99' } }, 404],
    [{ cancel: { webOrder: '31', lines: [{ orderitem: '99', quantity: 1 }] } }, 404],
    [{ cancel: { webOrder: '31', lines: [{ orderitem: '73', quantity: 9 }] } }, 400],
    [{ refund: { webOrder: '99' } }, 404],
    [{ event: { type: 'a b' } }, 400],
    [{ event: { type: 'market', data: { 'a b': 1 } } }, 400],
  ])('are told %j is no', async (action, status) => {
    const before = await ledger();
    expect((await world(action)).status).toBe(status);
    expect(await ledger()).toEqual(before);
  });
});
