import { control } from '../sandbox/http-caller';
import { describeWith, startForeignClient } from './foreign-client';
import type { ForeignClient } from './foreign-client';
import { centraUpdates } from './centra-records';
import { startWorld } from './sandbox-world';
import type { World } from './sandbox-world';

const login = { username: 'centra', password: 'centra-secret' };
const base = '/ams/system/service/module';
const endpoints = [`${base}/soap/api`, `${base}/navision/api`, `${base}/navision/soap`];

type Fields = Readonly<Record<string, unknown>>;
const ok = { success: true, errors: null, notices: null };
const operations = [...Object.keys(centraUpdates), 'events_Done', 'events_Get', 'events_GetByMarkets'].toSorted();

/**
 * A record without its lists' wrapper elements and without what is empty: an element that is empty and one that is not
 * there are both nothing to zeep. Numbers and booleans as the texts they were.
 */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || value === '') return undefined;
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  const members = Object.entries(value)
    .map(([name, member]) => [name, bare(member)] as const)
    .filter(([, member]) => member !== undefined && !(Array.isArray(member) && member.length === 0));
  const [only, ...others] = members;
  if (only !== undefined && others.length === 0 && Array.isArray(only[1])) return only[1];
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

describeWith('zeep', 'Centra', () => {
  let world: World;
  let client: ForeignClient;
  beforeAll(async () => {
    world = await startWorld();
    client = startForeignClient('zeep', world.origin);
  });
  afterAll(async () => {
    await client.close();
    await world.close();
  });

  /** The login goes where the endpoint's WSDL has it. */
  const request = (path: string, operation: string, given: Fields = {}, account = login) =>
    path.endsWith('navision/api')
      ? { path, operation, arguments: given, header: { login: account } }
      : { path, operation, arguments: { login: account, ...given } };
  const eventsOf = async (path: string, given: Fields, operation = 'events_Get') =>
    ((await client.call(request(path, operation, given))) ?? []) as readonly (Fields & { readonly id: string })[];

  const ledger = async (): Promise<Fields> => {
    const { value } = await control(world.origin, 'ledger', undefined, 'GET');
    const { centra } = value as { centra: Fields };
    return { ...centra, ...(centra['other'] as Fields) };
  };
  const stored = async (list: string, id: unknown): Promise<Fields> =>
    ((await ledger())[list] as readonly Fields[]).find((record) => record['id'] === id) ?? {};

  describe.each(endpoints)('at %s', (path) => {
    beforeAll(() => control(world.origin, 'reset', { orders: 3, seed: 1 }));

    it('is read: seventeen operations, at its own address', async () => {
      expect(await client.call({ path })).toEqual({ operations, address: `${world.origin}${path}` });
    });

    it('events_Get shows the orders as they are', async () => {
      const events = await eventsOf(path, { type: 'order' });
      expect(events.map(({ id, type, entry, mission }) => [id, type, entry, mission])).toEqual([
        ['115', 'order', '30', 'update'],
        ['116', 'order', '31', 'update'],
        ['117', 'order', '32', 'update'],
      ]);
      const { data } = events[1] as unknown as { data: { order: Fields } };
      expect(bare(data.order)).toEqual(bare(await stored('orders', '31')));
      expect(data.order).toMatchObject({ store: 1, internal: false, ordertotal: '1130.10', currencyrate: '1.00000' });
    });

    it('events_GetByMarkets shows those of the markets', async () => {
      const markets = (...ids: readonly string[]) => ({ market: ids.map((id) => ({ id })) });
      const count = async (...ids: readonly string[]) =>
        (await eventsOf(path, { type: 'all', markets: markets(...ids) }, 'events_GetByMarkets')).length;
      expect([await count('Retail-Sweden', 'Elsewhere'), await count('Elsewhere')]).toEqual([3, 0]);
    });

    it('events_Done takes events off the queue, one or many, and has notices for others', async () => {
      expect(await client.call(request(path, 'events_Done', { event: ['115'] }))).toEqual(ok);
      const again = await client.call(request(path, 'events_Done', { event: ['115', '116', '117'] }));
      expect(again).toEqual({ ...ok, notices: { message: ['Event 115 is not in the queue'] } });
      expect(await eventsOf(path, { type: 'all' })).toEqual([]);
    });

    it.each(Object.entries(centraUpdates))('%s stores what it is sent', async (operation, update) => {
      const { list, item, record } = update;
      const given = { [list]: { [item]: [record] } };
      expect(await client.call(request(path, operation, given))).toMatchObject({ success: true, errors: null });
      expect(bare(await stored(list, record.id))).toMatchObject(bare(record) as Fields);
      if (update.event === undefined) return;
      const last = (await eventsOf(path, { type: update.event })).at(-1) as Fields;
      expect([last['entry'], last['mission']]).toEqual([record.id, 'update']);
      const data = (last['data'] as Fields)[update.event];
      expect(bare(data)).toEqual(bare(await stored(list, record.id)));
    });

    it('orders_Update packs, ships and refunds by orderitem, and the event shows all of it', async () => {
      const rows = (quantities: Readonly<Record<string, string>>) => ({
        product: Object.entries(quantities).map(([id, qty]) => ({ sizes: { size: [{ qty, orderitem: { id } }] } })),
      });
      const send = async (shipment: Fields) => {
        const order = { id: '31', type: 'retail', store: 1, shipments: { shipment: [{ id: 'S-007', ...shipment }] } };
        expect(await client.call(request(path, 'orders_Update', { orders: { order: [order] } }))).toEqual(ok);
      };
      await send({ goodtogo: 'yes', products: rows({ 72: '1', 74: '2' }), shipping: { subtotal: '49.00' } });
      const carrierinformation = { carrier: 'UPS', service: 'STANDARD', tracking: '0071', packages: 2 };
      await send({ shipped: 'yes', capture: 'yes', carrierinformation });
      const refund = { id: 'R-007', products: rows({ 74: '1' }), comment: 'a < b', status: 'confirmed' };
      await send({ refunds: { refund: [refund] } });

      const last = (await eventsOf(path, { type: 'order' })).filter(({ entry }) => entry === '31').at(-1) as Fields;
      const { order } = last['data'] as { readonly order: Fields };
      expect(bare(order)).toEqual(bare(await stored('orders', '31')));
      expect(bare(order['shipments'])).toMatchObject([
        { id: 'S-007', shipped: 'yes', paid: 'yes', carrierinformation: { tracking: '0071', packages: '2' } },
      ]);
      expect(JSON.stringify(order['shipments'])).toContain('"R-007"');
    });

    it('an update that is refused says why, with success false', async () => {
      const order = { id: '30', type: 'wholesale', store: 1 };
      expect(await client.call(request(path, 'orders_Update', { orders: { order: [order] } }))).toEqual({
        ...{ success: false, errors: { message: ['Order 30 has type retail'] }, notices: null },
      });
    });

    it('a login that is refused is a Fault', async () => {
      const wrong = { ...login, password: 'x' };
      const fault = await client.fault(request(path, 'events_Get', { type: 'all' }, wrong));
      expect(fault).toMatchObject({ code: 'SOAP-ENV:Client', message: 'Invalid username or password' });
    });
  });

  it('shows events of a type nobody can ask for by name', async () => {
    const [path = ''] = endpoints;
    await world.people({ event: { type: 'stock', data: { id: 'P-0071', description: 'a & b' } } });
    const event = (await eventsOf(path, { type: 'all' })).at(-1) as Fields;
    expect(event).toMatchObject({ type: 'stock', entry: 'P-0071' });
    // anyType in the WSDL: the document says of its content nothing at all.
    expect((event['data'] as Fields)['stock']).toEqual([{ id: 'P-0071' }, { description: 'a & b' }]);
  });

  it('has the queue of the documents: of 234 events the oldest hundred, and after ten are done ten more', async () => {
    const [path = ''] = endpoints;
    await control(world.origin, 'reset', { orders: 234, seed: 1 });
    const first = (await eventsOf(path, { type: 'all' })).map(({ id }) => id);
    expect(first.map(Number)).toEqual(Array.from({ length: 100 }, (_, index) => 115 + index));

    expect(await client.call(request(path, 'events_Done', { event: first.slice(0, 10) }))).toEqual(ok);
    const queue = ((await ledger())['events'] as readonly Fields[]).filter(({ done }) => done === false);
    expect(queue).toHaveLength(224);
    const second = (await eventsOf(path, { type: 'all' })).map(({ id }) => id);
    expect(second.slice(0, 90)).toEqual(first.slice(10));
    expect(second.slice(90).map(Number)).toEqual(Array.from({ length: 10 }, (_, index) => 215 + index));
  });
});
