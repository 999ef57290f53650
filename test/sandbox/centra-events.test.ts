import { CentraCaller, fields, list, request } from './centra-calls';

const idsOf = (events: readonly { readonly id?: unknown }[]) => events.map(({ id }) => id);
const entry = (centra: CentraCaller, id: string) => centra.events().find((event) => event['entry'] === id) ?? {};
const orderIn = (event: Readonly<Record<string, unknown>>) => fields(fields(event['data'])['order']);

describe('the queue', () => {
  it("behaves as the vendor's example of 234 events", () => {
    const centra = new CentraCaller({}, 234);
    const first = centra.events();
    expect(first).toHaveLength(100);
    const numbers = idsOf(first).map(Number);
    expect(numbers).toEqual([...numbers].toSorted((left, right) => left - right));
    expect(idsOf(centra.events())).toEqual(idsOf(first));

    const marked = idsOf(first).slice(0, 10);
    expect(centra.done(...marked)).toEqual({ success: 'true', errors: [], notices: [], effects: 10 });
    expect(centra.records('events').filter(({ done }) => done === false)).toHaveLength(224);
    const second = idsOf(centra.events());
    expect(second).toHaveLength(100);
    expect(second.filter((id) => idsOf(first).includes(id))).toHaveLength(90);
    expect(Number(second.at(-1))).toBe(Number(numbers.at(-1)) + 10);
  });

  it('lists and empties ten thousand events a hundred at a time', () => {
    const centra = new CentraCaller({}, 10_000);
    const page = () => {
      const { body } = centra.answer(request('events_GetRequest', '<type>all</type>'));
      return [...body.matchAll(/<ns1:event><ns1:id>(\d+)</g)].map(([, id = '']) => id);
    };
    const sizes: number[] = [];
    for (let ids = page(); ids.length > 0; ids = page()) {
      sizes.push(ids.length);
      centra.done(...ids);
    }
    expect(sizes).toEqual(Array.from({ length: 100 }, () => 100));
  }, 60_000);

  it('takes an unknown or finished id for done, with a notice', () => {
    const centra = new CentraCaller();
    centra.done('115');
    expect(centra.done('115', '116', 'nonsense')).toEqual({
      success: 'true',
      errors: [],
      notices: ['Event 115 is not in the queue', 'Event nonsense is not in the queue'],
      effects: 1,
    });
  });

  it('is empty as an empty element, and keeps what is done in the ledger', () => {
    const centra = new CentraCaller();
    centra.done('115', '116', '117');
    const { body } = centra.answer(request('events_GetRequest', '<type>all</type>'));
    expect(body).toContain('<SOAP-ENV:Body><ns1:events_Get><ns1:events/></ns1:events_Get></SOAP-ENV:Body>');
    expect(centra.records('events').map(({ id, done }) => [id, done])).toEqual([
      ['115', true],
      ['116', true],
      ['117', true],
    ]);
  });

  it('starves where a type is never acknowledged, and shows the rest to who asks for its type', () => {
    const centra = new CentraCaller({}, 0);
    for (let index = 0; index < 100; index += 1)
      centra.sandbox.raiseEvent({ type: 'stock', mission: 'update', data: {} });
    const line = { sku: '0071', quantity: '1', price: '', discount: '0' };
    centra.sandbox.placeWebOrder({ currency: 'SEK', paid: true, shipping: '', lines: [line] });
    expect(new Set(centra.events().map(({ type }) => type))).toEqual(new Set(['stock']));
    expect(centra.events('order')).toMatchObject([{ type: 'order', entry: '30' }]);
    expect(centra.events('market')).toEqual([]);
  });

  it('refuses a type that does not exist with a Fault, and takes none for all', () => {
    const centra = new CentraCaller();
    const { status, body } = centra.answer(request('events_GetRequest', '<type>section</type>'));
    expect([status, body]).toEqual([500, expect.stringContaining("Unknown event type 'section'")]);
    expect(centra.events('')).toHaveLength(3);
  });
});

describe('an event', () => {
  it('carries the whole record as it is now, once more after each change', () => {
    const centra = new CentraCaller();
    centra.order('30', '<locked>yes</locked>');
    const events = centra.events('order').filter((event) => event['entry'] === '30');
    expect(events.map(({ id, mission }) => [id, mission])).toEqual([
      ['115', 'update'],
      ['118', 'update'],
    ]);
    expect(events.map((event) => orderIn(event)['locked'])).toEqual(['yes', 'yes']);
    expect(list(orderIn(events[0] ?? {})['products'])).toHaveLength(1);
  });

  it('shows the record as it was then, where the switch says so', () => {
    const centra = new CentraCaller({ eventData: 'as raised' });
    centra.order('30', '<locked>yes</locked>');
    const events = centra.events('order').filter((event) => event['entry'] === '30');
    expect(events.map((event) => orderIn(event)['locked'])).toEqual(['no', 'yes']);
  });

  it('is raised by no update that changes nothing, and by none at all where the switch says so', () => {
    const centra = new CentraCaller();
    expect(centra.order('30', '<locked>no</locked>').effects).toBe(0);
    expect(centra.events()).toHaveLength(3);
    const quiet = new CentraCaller({ echo: false });
    expect(quiet.order('30', '<locked>yes</locked>').effects).toBe(1);
    expect(quiet.events()).toHaveLength(3);
  });

  it('has a date without a zone, the order one with an offset; both with one by switch', () => {
    const [event] = new CentraCaller().events();
    expect(event?.['date']).toBe('2026-01-04 09:00:00');
    expect(orderIn(event ?? {})['created']).toBe('2026-01-04T09:00:00+01:00');
    const [other] = new CentraCaller({ eventDates: 'offset' }).events();
    expect(other?.['date']).toBe('2026-01-04T09:00:00+01:00');
  });

  it('of a type nobody knows passes, data and all', () => {
    const centra = new CentraCaller({}, 0);
    const data = { id: '007', points: 12, tags: [{ name: 'x & y' }] };
    expect(centra.sandbox.raiseEvent({ type: 'loyalty', mission: 'delete', data })).toEqual(['115']);
    expect(centra.events()).toMatchObject([
      { id: '115', type: 'loyalty', entry: '007', mission: 'delete', data: { loyalty: { id: '007', points: '12' } } },
    ]);
  });

  it('carries a field no WSDL knows, where the switch says so', () => {
    expect(orderIn(entry(new CentraCaller({ newFields: true }), '30'))['loyaltytier']).toBe('gold');
    expect(orderIn(entry(new CentraCaller(), '30'))['loyaltytier']).toBeUndefined();
  });

  it('is asked for by market; what has no market belongs to none', () => {
    const centra = new CentraCaller();
    centra.sandbox.raiseEvent({ type: 'warehouse', mission: 'update', data: { id: 'W' } });
    const markets = (id: string) => `<markets><market><id>${id}</id></market></markets>`;
    const asked = (inner: string, type = 'all') => centra.events(type, inner, 'events_GetByMarkets').length;
    expect([asked(markets('Retail-Sweden')), asked(markets('Retail-Norway')), asked('')]).toEqual([3, 0, 4]);
    expect(asked(markets('Retail-Sweden'), 'customer')).toBe(0);
  });
});

describe('the seed', () => {
  it('is the same for the same seed; another has no id in common with it', () => {
    const ids = (seed: number) => {
      const centra = new CentraCaller({}, 30, seed);
      return [...idsOf(centra.records('events')), ...centra.records('orders').map(({ id }) => id)];
    };
    expect(ids(7)).toEqual(ids(7));
    expect(ids(7).filter((id) => ids(8).includes(id))).toEqual([]);
    expect(new CentraCaller().sandbox.references()).toEqual({ webOrders: ['30', '31', '32'] });
  });

  it('has rows of one product together, each size with a number of its own, and totals that add up', () => {
    const order = orderIn(entry(new CentraCaller(), '31'));
    const [tee, mug] = list(order['products']);
    expect(list(tee?.['sizes']).map((size) => fields(size['orderitem'])['id'])).toEqual(['72', '73']);
    expect(tee).toMatchObject({ price: '299.00', qty: '3', subtotal: '897' });
    expect(mug).toMatchObject({ origprice: '129.50', discount: '10', price: '116.55', qty: '2', subtotal: '233.1' });
    expect(order).toMatchObject({ ordertotal: '1130.10', status: 'processing', locked: 'no', currency: 'SEK' });
    expect(fields(order['payments'])).toMatchObject({
      status: 'incomplete',
      payment: [{ type: 'auth', value: '1130.10' }],
    });
  });

  it('has taken what it ordered off the stock that is free', () => {
    const centra = new CentraCaller();
    expect(centra.free('P-0071', 'OS')).toBe(
      String(45_000 - Number(centra.rows('31')['74']) - Number(centra.rows('32')['75'])),
    );
  });
});
