import { faultNames } from '../../src/sandbox/fault-settings';
import { startSandbox } from '../../src/sandbox/server';
import { worldActions } from '../../src/sandbox/world';
import { startClaritum } from './claritum-caller';
import type { ClaritumCaller } from './claritum-caller';
import { call, control } from './http-caller';

let sandbox: ClaritumCaller;
beforeEach(async () => {
  sandbox = await startClaritum();
});
afterEach(() => sandbox.close());

const orderRef = 'CL-10231';
const order = async (ref = orderRef) =>
  (await sandbox.ledger()).claritum.purchaseOrders.find((entry) => entry['orderRef'] === ref);
const deliveries = async (ref = orderRef) =>
  (await sandbox.ledger()).claritum.deliveries
    .filter((entry) => entry['orderRef'] === ref)
    .map(({ uid, status, quantity }) => [uid, status, quantity]);

describe('ledger, reset, health', () => {
  it('has its whole shape from the start', async () => {
    const { value } = await control(sandbox.origin, 'ledger', undefined, 'GET');
    const shape = (part: unknown): unknown =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(
            Object.entries(part).map(([name, member]) => [name, Array.isArray(member) ? 'list' : shape(member)]),
          )
        : part;
    const lists = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'list']));
    expect(shape(value)).toEqual({
      claritum: lists(
        ...['purchaseOrders', 'specifications', 'deliveries', 'stockOrders', 'purchaseInvoices'],
        ...['salesInvoices', 'goodsReceipts', 'customers', 'suppliers'],
      ),
      centra: { ...lists('events', 'orders', 'products', 'customers'), other: {} },
      isync: lists('stock', 'salesOrders', 'creditNotes'),
      northscope: lists('sites', 'items', 'uomSchedules', 'customerAddresses', 'lots', 'salesOrders', 'inbound'),
      manex: lists('salesOrders'),
      calls: 'list',
    });
  });

  it('shows scalars as strings, booleans or null only', async () => {
    const { claritum } = await sandbox.ledger();
    const scalars = (part: unknown): readonly unknown[] =>
      typeof part === 'object' && part !== null ? Object.values(part).flatMap(scalars) : [part];
    const kinds = new Set(scalars(claritum).map((scalar) => (scalar === null ? 'null' : typeof scalar)));
    expect([...kinds].toSorted()).toEqual(['boolean', 'null', 'string']);
  });

  it('starts afresh: data, calls and faults', async () => {
    const first = (await sandbox.ledger()).claritum;
    await sandbox.world({ amend: { orderRef, set: { quantity: 8 } } });
    await sandbox.ask('getDeliveries');
    await control(sandbox.origin, 'faults', { fault: 'drop' });
    const { status, value } = await control(sandbox.origin, 'reset', { orders: 3, seed: 1 });
    expect([status, value]).toEqual([200, sandbox.references]);
    const { claritum, calls } = await sandbox.ledger();
    expect([claritum, calls]).toEqual([first, []]);
    expect((await control(sandbox.origin, 'faults', undefined, 'GET')).value).toEqual([]);
  });

  it('has other ids for another seed, and digits ManEx can take', async () => {
    const { value } = await control(sandbox.origin, 'reset', { orders: 2, seed: -123_456_789 });
    const { purchaseOrders } = value as { purchaseOrders: readonly string[] };
    expect(purchaseOrders).toEqual([expect.stringMatching(/^CL-\d{5,10}$/), expect.stringMatching(/^CL-\d{5,10}$/)]);
    expect(purchaseOrders).not.toContain(orderRef);
  });

  it.each([['{"orders":-1}'], ['{"orders":1.5}'], ['[]'], ['{']])(
    'refuses to reset to %s, and changes nothing',
    async (body) => {
      expect(await control(sandbox.origin, 'reset', body)).toEqual({
        status: 400,
        value: { error: expect.any(String) },
      });
      expect(await order()).toBeDefined();
    },
  );

  it.each(['/_sandbox', '/_sandbox/'])('tells at %s what there is', async (path) => {
    const { status, body = '' } = await call(`${sandbox.origin}${path}`, { method: 'GET' });
    const index: Readonly<Record<string, unknown>> = JSON.parse(body);
    expect(status).toBe(200);
    expect(index).toEqual({
      vendors: ['claritum', 'centra', 'isync', 'northscope', 'manex'],
      endpoints: expect.any(Object),
      faults: faultNames,
      world: worldActions,
    });
    for (const endpoint of Object.keys(index['endpoints'] ?? {})) {
      const [method = '', there = ''] = endpoint.split(' ');
      expect((await call(`${sandbox.origin}${there}`, { method })).status).not.toBe(404);
    }
  });

  it('is 404 whole unless it is opened', async () => {
    const closed = await startSandbox({ port: 0, orders: 1, seed: 1, people: false, control: false });
    for (const path of ['ledger', 'health', 'faults', 'world', 'reset', '']) {
      expect((await call(`${closed.origin}/_sandbox/${path}`, { method: 'GET' })).status).toBe(404);
      expect((await call(`${closed.origin}/_sandbox/${path}`)).status).toBe(404);
    }
    expect((await call(`${closed.origin}/_sandbox`, { method: 'GET' })).status).toBe(404);
    await closed.close();
  });

  it('says in one sentence that a port is taken', async () => {
    const again = startSandbox({ port: sandbox.port, orders: 0, seed: 1, people: false, control: false });
    await expect(again).rejects.toThrow(`Port ${sandbox.port} is in use; choose another with --port.`);
  });
});

describe('deliver', () => {
  it('makes the open record delivered with what came; the rest is a new record of the same address', async () => {
    const before = await deliveries();
    const total = Number(before[0]?.[2]);
    const { value } = await sandbox.world({ deliver: { orderRef, deliveryRef: '10231-1', quantity: 40 } });
    expect(value).toEqual({ ok: true, ids: ['DL-10231-1'] });
    expect(await deliveries()).toEqual([
      ['DL-10231-1', 'delivered', '40'],
      ['DL-10231-1-2', 'in progress', String(total - 40)],
    ]);
    await sandbox.world({ deliver: { orderRef, deliveryRef: '10231-1', quantity: `${total}` } });
    expect(await deliveries()).toEqual([
      ['DL-10231-1', 'delivered', '40'],
      ['DL-10231-1-2', 'delivered', String(total)],
    ]);
  });

  it('goes over the addresses in order where none is named, too much to the last one', async () => {
    const [first, second] = (await deliveries('CL-10233')).map(([, , quantity]) => Number(quantity));
    const { value } = await sandbox.world({
      deliver: { orderRef: 'CL-10233', quantity: (first ?? 0) + (second ?? 0) + 1 },
    });
    expect(value).toEqual({ ok: true, ids: ['DL-10233-1', 'DL-10233-2'] });
    expect((await deliveries('CL-10233')).map(([, status, quantity]) => [status, quantity])).toEqual([
      ['delivered', String(first)],
      ['delivered', String((second ?? 0) + 1)],
    ]);
  });
});

describe('invoice', () => {
  it('is quantity times price unless it says otherwise, and the same number twice is two invoices', async () => {
    await sandbox.world({ invoice: { kind: 'purchase', orderRef, number: 'A-1', quantity: 10 } });
    await sandbox.world({ invoice: { kind: 'purchase', orderRef, number: 'A-1', quantity: 10, net: '9.00' } });
    await sandbox.world({ invoice: { kind: 'sales', orderRef } });
    const { claritum } = await sandbox.ledger();
    expect(claritum.purchaseInvoices.map(({ uid, net, tax, gross }) => [uid, net, tax, gross])).toEqual([
      ['PI-10231-A-1', '8.50', '1.70', '10.20'],
      ['PI-10231-A-1-2', '9.00', '1.80', '10.80'],
    ]);
    expect(claritum.salesInvoices).toMatchObject([
      { uid: 'SI-10231-SINV-10231-1', consolidated: false, exported: false },
    ]);
    const { list } = await sandbox.ask('getPurchaseInvoices');
    expect(list).toHaveLength(2);
  });
});

describe('amend and cancel', () => {
  it('reopens the order: same uid, newer lastModified, not exported, and all that follows from the quantity', async () => {
    const before = await order();
    await sandbox.ask('markExported', `<uids>${String(before?.['uid'])}</uids>`);
    const { value } = await sandbox.world({ amend: { orderRef, set: { quantity: 8 } } });
    const after = await order();
    expect(value).toEqual({ ok: true, ids: [before?.['uid']] });
    expect(after).toMatchObject({
      uid: before?.['uid'],
      exported: false,
      quantity: '8',
      net: '6.80',
      gross: '8.16',
      deliveries: [{ quantity: '8' }],
    });
    expect(String(after?.['lastModified']) > String(before?.['lastModified'])).toBe(true);
    expect(await deliveries()).toEqual([['DL-10231-1', 'in progress', '8']]);
    await sandbox.world({ amend: { orderRef, set: { customerName: 'Nobody & Sons' } } });
    expect(String((await order())?.['lastModified']) > String(after?.['lastModified'])).toBe(true);
  });

  it('keeps what is delivered and takes a smaller quantity from the last address', async () => {
    const ref = 'CL-10233';
    const before = (await deliveries(ref)).map(([, , quantity]) => Number(quantity));
    await sandbox.world({ deliver: { orderRef: ref, deliveryRef: '10233-1', quantity: 1 } });
    await sandbox.world({ amend: { orderRef: ref, set: { quantity: before[0] } } });
    expect(await deliveries(ref)).toEqual([
      ['DL-10233-1', 'delivered', '1'],
      ['DL-10233-1-2', 'in progress', String((before[0] ?? 0) - 1)],
    ]);
    expect((await order(ref))?.['deliveries']).toMatchObject([{ quantity: String(before[0]) }, { quantity: '0' }]);
  });

  it('makes any odd order a test needs', async () => {
    const set = {
      quantity: 'many',
      unitPrice: null,
      productCode: 'NO-SUCH',
      deliveries: [{ requiredDate: '2020-01-01T00:00:00Z' }, { deliveryRef: 'X', quantity: 3 }],
      colour: 'blue',
    };
    expect((await sandbox.world({ amend: { orderRef, set } })).status).toBe(200);
    expect(await order()).toMatchObject({
      quantity: 'many',
      unitPrice: null,
      colour: 'blue',
      deliveries: [
        { deliveryRef: '10231-1', requiredDate: '2020-01-01T00:00:00Z' },
        { deliveryRef: 'X', sequence: '2', quantity: '3' },
      ],
    });
    const { body } = await sandbox.ask('getPurchaseOrders');
    expect(body).toContain('<unitPrice xsi:nil="true"/>');
    expect(body).toContain('<colour xsi:type="xsd:string">blue</colour>');
  });

  it('a cancelled order is listed no more, nor its deliveries, and takes no receipt', async () => {
    expect((await sandbox.world({ cancel: { orderRef } })).status).toBe(200);
    expect((await sandbox.ask('getPurchaseOrders')).list.map((entry) => entry['orderRef'])).not.toContain(orderRef);
    expect((await sandbox.ask('getDeliveries')).list.map((entry) => entry['orderRef'])).not.toContain(orderRef);
    const receipt = `<orderRef>${orderRef}</orderRef><receivedDate>2026-01-05</receivedDate><quantity>1</quantity>`;
    const { fault } = await sandbox.ask('setGoodsReceipts', `<goodsReceipts>${receipt}</goodsReceipts>`);
    expect(fault?.faultstring).toBe(`Order ${orderRef} is cancelled`);
  });
});

describe('the warehouse', () => {
  it('counts a lot and works off its queue', async () => {
    const stock = { vendor: 'northscope', lot: 'L-2601', item: 'BRO-A4-16', site: 'SEATTLE', onHand: '7' };
    expect(await sandbox.world({ stock })).toEqual({ status: 200, value: { ok: true, ids: ['501'] } });
    expect((await sandbox.world({ tick: {} })).value).toEqual({ ok: true, ids: [] });
  });
});

describe('what cannot be done changes nothing', () => {
  it.each([
    [404, { despatch: { order: 'NOPE', units: '5' } }],
    [404, { deliver: { orderRef: 'CL-404', quantity: 1 } }],
    [404, { deliver: { orderRef, deliveryRef: '10233-1', quantity: 1 } }],
    [404, { invoice: { kind: 'purchase', orderRef: 'CL-404' } }],
    [404, { amend: { orderRef: 'CL-404', set: { quantity: 1 } } }],
    [404, { cancel: { orderRef: 'CL-404' } }],
    [404, { cancel: { orderRef: 'CL-404', listed: true } }],
    [404, { status: { orderRef: 'CL-404', status: 'on hold' } }],
    [404, { remove: { orderRef: 'CL-404' } }],
    [404, { restore: { orderRef } }],
    [404, { reopen: { deliveryRef: '10231-1', quantity: 15 } }],
    [404, { reopen: { deliveryRef: 'NOPE', quantity: 15 } }],
    [404, { despatch: { order: 'NOPE', in: 'manex' } }],
    [404, { despatch: { order: 'NOPE', in: 'both' } }],
    [404, { stock: { vendor: 'northscope', lot: 'NOPE', onHand: '1' } }],
    [404, { webOrder: { lines: [{ sku: 'x', quantity: 1 }] } }],
    [404, { ship: { webOrder: '30' } }],
    [404, { refund: { webOrder: '29' } }],
    [404, { cancel: { webOrder: '29', lines: [] } }],
    [404, { stock: { vendor: 'isync', sku: 'x', units: '7' } }],
    [400, { deliver: { orderRef, quantity: 0 } }],
    [400, { deliver: { orderRef, quantity: '1.5' } }],
    [400, { deliver: { quantity: 1 } }],
    [400, { despatch: { order: 'x', units: '-1' } }],
    [400, { despatch: { order: 'x', units: '1', date: '2026-02-30' } }],
    [400, { invoice: { kind: 'odd', orderRef } }],
    [400, { amend: { orderRef, set: {} } }],
    [400, { amend: { orderRef, set: { uid: 'PO-1' } } }],
    [400, { amend: { orderRef, set: { 'a b': '1' } } }],
    [400, { amend: { orderRef, set: {}, sameInstant: false } }],
    [400, { amend: { orderRef, set: { quantity: 1 }, sameInstant: 'yes' } }],
    [400, { amend: { orderRef, sameInstant: true } }],
    [400, { cancel: { orderRef, listed: 'yes' } }],
    [400, { status: { orderRef } }],
    [400, { reopen: { deliveryRef: '10231-1', quantity: -1 } }],
    [400, { despatch: { order: 'x', in: 'isync' } }],
    [400, { add: {} }],
    [400, { add: { purchaseOrder: { 'a b': '1' } } }],
    [400, { add: { purchaseOrder: { uid: null } } }],
    [400, { stock: { vendor: 'manex' } }],
    [400, { webOrder: { currency: 'SEK' } }],
    [400, { refund: { webOrder: '30' } }],
    [400, { event: {} }],
    [400, { fly: {} }],
    [400, { toString: {} }],
    [400, { tick: {}, cancel: { orderRef } }],
    [400, []],
    [400, '{"tick":'],
  ])('%s for %j', async (status, action) => {
    const before = await sandbox.ledger();
    expect(await sandbox.world(action)).toEqual({ status, value: { error: expect.any(String) } });
    expect(await sandbox.ledger()).toEqual(before);
  });
});
