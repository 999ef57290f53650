import { FailureType } from '../../../src/domain/case/failure-types';
import type { CentraClient } from '../../../src/vendors/centra/client';
import { answering, closeServed, result } from './answering';
import { order, wholesaleOrder } from './orders';

afterEach(closeServed);

const withEvents = async (events: string): Promise<CentraClient> =>
  answering(`<events_Get><events>${events}</events></events_Get>`);
const event = (id: string, type: string, data: string, more = '<entry>30</entry><mission>update</mission>'): string =>
  `<event><id>${id}</id><type>${type}</type>${more}<date>2019-03-27 12:52:20</date><data>${data}</data></event>`;

describe('an empty queue', () => {
  it.each(['<events/>', '<events></events>', '<events>\n      </events>', '<events><!-- none --></events>'])(
    'is %s',
    async (events) => {
      const centra = await answering(`<events_Get>${events}</events_Get>`);
      expect(await centra.eventsGet()).toEqual({ events: [], unreadable: [] });
      expect(await centra.eventsGetByMarkets()).toEqual({ events: [], unreadable: [] });
    },
  );

  it.each([
    ['no events at all', '<events_Get/>', 'BAD_RECORD'],
    ['an update’s answer', result('true', '<errors/>', '<notices/>'), 'NO_RESULT'],
    ['another operation’s answer', '<products_UpdateResponse/>', 'WRONG_OPERATION'],
  ])('is not %s', async (_, content, code) => {
    const centra = await answering(content);
    await expect(centra.eventsGet()).rejects.toMatchObject({ type: FailureType.MalformedResponse, code });
  });

  it('is not text, which is set aside', async () => {
    expect(await (await withEvents('soon')).eventsGet()).toEqual({
      events: [],
      unreadable: [{ id: null, type: null, reason: expect.stringMatching(/^event: /), data: 'soon' }],
    });
  });
});

describe('an order event', () => {
  it('is read as the vendor’s sample has it', async () => {
    const centra = await withEvents(event('115', 'order', order()));
    const { events, unreadable } = await centra.eventsGet({ type: 'order' });
    expect(unreadable).toEqual([]);
    expect(events).toEqual([
      {
        id: '115',
        type: 'order',
        entry: '30',
        mission: 'update',
        date: '2019-03-27T11:52:20Z',
        data: expect.objectContaining({ order: expect.objectContaining({ id: '30', currencyrate: '10.43100' }) }),
        order: {
          id: '30',
          orderNumber: null,
          type: 'retail',
          store: '1',
          status: 'processing',
          isLocked: null,
          created: '2019-03-27T11:52:20Z',
          preferredShippingDate: null,
          currency: 'EUR',
          currencyRate: '10.43100',
          baseCurrency: 'SEK',
          total: null,
          shipping: '12',
          handling: null,
          voucher: null,
          payment: {
            name: 'dibs-window',
            type: 'cc',
            method: 'test',
            status: 'incomplete',
            received: '0',
            entries: [
              {
                type: 'auth',
                value: '1135',
                isPaid: null,
                created: '2019-03-27T11:52:20Z',
                transaction: '2404544843',
              },
            ],
            isAuthorised: true,
            isPaid: false,
          },
          customer: {
            customerId: '20',
            accountId: null,
            buyerId: null,
            name: 'Example Person',
            email: 'someone@example.com',
            telephone: '0123456789',
          },
          deliveryAddress: {
            company: null,
            attention: null,
            firstName: 'Example',
            lastName: 'Person',
            address1: 'Teststreet 123',
            address2: null,
            city: 'Testcity',
            state: null,
            postCode: '01234',
            country: 'SE',
            email: 'someone@example.com',
            telephone: '0123456789',
          },
          billingAddress: expect.objectContaining({ postCode: '01234' }),
          lines: [
            {
              orderItemId: '80',
              productId: 'PWC',
              variationId: 'PWC',
              sizeId: 'OS',
              sku: '',
              description: 'Plain wood chair, Plain',
              price: '1000.00',
              originalPrice: '1000.00',
              discount: '0',
              taxRate: '25.000',
              isPreorder: false,
              ordered: '1',
              cancelled: '0',
              bundle: 'none',
            },
            {
              orderItemId: '81',
              productId: 'T001',
              variationId: 'T001_RED',
              sizeId: 'S',
              sku: 'TURTLE00101',
              description: 'Turtleneck sweater, Red, Small',
              price: '123.00',
              originalPrice: '123.00',
              discount: '0',
              taxRate: '25.000',
              isPreorder: false,
              ordered: '1',
              cancelled: '0',
              bundle: 'none',
            },
          ],
          shipments: [
            {
              id: '8',
              isShipped: false,
              isPaid: false,
              isReleased: true,
              carrier: null,
              tracking: null,
              created: '2019-03-27T11:52:20Z',
              lines: [{ orderItemId: '80', quantity: '1' }],
              refunds: [],
            },
          ],
          poNumber: null,
          message: null,
          marketId: 'Retail-Sweden',
          priceListId: 'EUR-Retail',
        },
      },
    ]);
  });

  it('of the wholesale shop is read too, its empty elements as nothing', async () => {
    const centra = await withEvents(event('121', 'order', wholesaleOrder));
    const [read] = (await centra.eventsGet()).events;
    expect(read?.order).toMatchObject({
      id: '25',
      type: 'wholesale',
      store: '2',
      status: 'pending',
      customer: { customerId: null, accountId: '12345', buyerId: '12345_buyer1', name: 'Frist Last' },
      deliveryAddress: { company: 'Example Warehouse', attention: 'Person name', country: 'FR' },
      payment: { type: 'inv', method: null, isAuthorised: false, isPaid: false, entries: [] },
      shipments: [],
      poNumber: 'Example1',
      message: 'The buyer can leave a message or special instructions here.',
    });
    expect(read?.order?.lines.map(({ orderItemId, ordered }) => [orderItemId, ordered])).toEqual([
      ['70', '3'],
      ['71', '4'],
    ]);
  });

  it('lets new members, new values and new elements pass', async () => {
    const more =
      '<carbonfootprint><kg>1</kg></carbonfootprint><status>teleporting</status><type>rental</type><ordertotal/>';
    const centra = await withEvents(event('1', 'order', order({ status: '', type: '', more })));
    expect((await centra.eventsGet()).events).toMatchObject([{ order: { status: 'teleporting', type: 'rental' } }]);
  });

  it.each<[string, Parameters<typeof order>[0], string]>([
    ['id', { id: '' }, 'data.order.id is missing'],
    ['currency', { currency: '<currency/>' }, 'data.order.currency: '],
    ['store', { store: '' }, 'data.order.store is missing'],
    ['line quantity', { quantity: 'one' }, 'data.order.products.0.sizes.0.qty: is not a decimal number'],
    ['order item', { orderItem: '' }, 'data.order.products.0.sizes.0.orderitem is missing'],
    ['price', { price: '1,5' }, 'data.order.products.0.price: is not a decimal number'],
  ])('without a usable %s is set aside with its path, and the rest goes on', async (_, change, reason) => {
    const entries = [event('1', 'order', order()), event('2', 'order', order(change)), event('3', 'order', order())];
    const centra = await withEvents(entries.join(''));
    const { events, unreadable } = await centra.eventsGet();
    expect(events.map(({ id }) => id)).toEqual(['1', '3']);
    expect(unreadable).toEqual([
      {
        id: '2',
        type: 'order',
        reason: expect.stringContaining(reason),
        data: expect.objectContaining({ id: '2', data: expect.objectContaining({ order: expect.anything() }) }),
      },
    ]);
  });

  it('that tells of a deletion needs no order', async () => {
    const deleted = event('9', 'order', '<order><id>30</id></order>', '<entry>30</entry><mission>delete</mission>');
    const { events } = await (await withEvents(deleted)).eventsGet();
    expect(events).toMatchObject([{ id: '9', mission: 'delete', entry: '30', order: null }]);
  });

  it.each(['', '<id/>', '<id> </id>'])('that has no id (%j) is set aside by none', async (id) => {
    const nameless = event('', 'order', order()).replace('<id></id>', id);
    const { events, unreadable } = await (await withEvents(nameless)).eventsGet();
    expect([events, unreadable]).toEqual([[], [expect.objectContaining({ id: null, type: 'order' })]]);
    expect(unreadable[0]?.reason).toMatch(/^event\.id(?: is missing|: is empty)$/);
  });
});

describe('an event of any kind', () => {
  it('passes raw, also of types and elements nobody told us of', async () => {
    const centra = await withEvents(
      event('5', 'stock', '<stock><sku>007</sku><qty>4.00</qty></stock>') +
        event('6', 'timealterationdate', '<zeppelin><id>12345678901234567890</id><x>1</x><x> 2 </x></zeppelin>') +
        event('7', 'paymentterm', '<paymentterm><id>30NET</id></paymentterm>') +
        event('8', 'market', '') +
        '<event><id>9</id><type>warehouse</type></event>',
    );
    const { events, unreadable } = await centra.eventsGet();
    expect(unreadable).toEqual([]);
    expect(events.map(({ id, type, data, order: read }) => [id, type, data, read])).toEqual([
      ['5', 'stock', { stock: { sku: '007', qty: '4.00' } }, null],
      ['6', 'timealterationdate', { zeppelin: { id: '12345678901234567890', x: ['1', ' 2 '] } }, null],
      ['7', 'paymentterm', { paymentterm: { id: '30NET' } }, null],
      ['8', 'market', null, null],
      ['9', 'warehouse', null, null],
    ]);
  });

  it('comes in the order of its id, however the page has it', async () => {
    const ids = ['1000', '99', '12345678901234567891', '12345678901234567890', '100', '99'];
    const centra = await withEvents(ids.map((id) => event(id, 'market', '<market><id>1</id></market>')).join(''));
    expect((await centra.eventsGet()).events.map(({ id }) => id)).toEqual([
      '99',
      '99',
      '100',
      '1000',
      '12345678901234567890',
      '12345678901234567891',
    ]);
  });

  it('keeps its place where ids are no numbers', async () => {
    const centra = await withEvents(['b', '10', 'a'].map((id) => event(id, 'market', '')).join(''));
    expect((await centra.eventsGet()).events.map(({ id }) => id)).toEqual(['b', '10', 'a']);
  });
});
