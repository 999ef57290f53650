import { CentraSandbox } from '../../src/sandbox/centra/sandbox';
import { SandboxFront } from '../../src/sandbox/front';
import { bodyOf, fields, list, paths } from '../sandbox/centra-calls';
import type { Fields } from '../sandbox/centra-calls';
import { call } from '../sandbox/http-caller';
import { retailOrder, setUp, wholesaleOrder } from './centra-cookbook';
import type { CookbookRequest } from './centra-cookbook';

/** Centra as the cookbook's was: a retail order has a shipment of Centra's own from the start. */
const centra = new CentraSandbox({ automaticShipments: true });
const front = new SandboxFront([centra]);
let url = '';
beforeAll(async () => {
  url = `http://127.0.0.1:${await front.listen(0)}${paths.current}`;
});
afterAll(() => front.close());

async function send({ operation, body }: CookbookRequest): Promise<string> {
  const action = `http://www.centra.com/webservices/${operation.replace(/^./, (first) => first.toUpperCase())}`;
  const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` };
  const answer = await call(url, { headers, body });
  expect(answer.status).toBe(200);
  expect(answer.headers?.['x-correlation-id']).toBe(`centra_${answer.headers?.['x-centra-request-id'] as string}`);
  return answer.body ?? '';
}

/** An answer as the cookbook prints it, its lines joined. */
const printed = (inner: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" ' +
  `xmlns:ns1="http://www.centra.com/webservices/"><SOAP-ENV:Body>${inner}</SOAP-ENV:Body></SOAP-ENV:Envelope>`;
const joined = (text: string): string => text.replaceAll(/>\s+</g, '><').trim();
const success = (...notices: readonly string[]): string => {
  const messages = notices.map((text) => `<ns1:message>${text}</ns1:message>`).join('');
  const told = messages === '' ? '<ns1:notices/>' : `<ns1:notices>${messages}</ns1:notices>`;
  return printed(`<ns1:result><ns1:success>true</ns1:success><ns1:errors/>${told}</ns1:result>`);
};

const orderNow = (id: string): Fields => list(centra.ledger()['orders']).find((order) => order['id'] === id) ?? {};
const eventsIn = (body: string) => list(fields(bodyOf(body)['events_Get'])['events']);
const ordersIn = (body: string) => eventsIn(body).map((event) => fields(fields(event['data'])['order']));

describe("Centra's cookbook: a shop is set up", () => {
  beforeAll(() => centra.reset({ orders: 0, seed: 1 }));

  test('the connection test: an empty queue is an empty element', async () => {
    const answer = await send(retailOrder.test);
    expect(joined(answer)).toBe(printed('<ns1:events_Get><ns1:events/></ns1:events_Get>'));
  });

  test('sizes are told of once', async () => {
    expect(joined(await send(setUp.sizes))).toBe(
      success(
        'Added new size: S: Small to: Small Medium Large!',
        'Added new size: M: Medium to: Small Medium Large!',
        'Added new size: L: Large to: Small Medium Large!',
        'Added new size: OS:  to: One Size!',
      ),
    );
    expect(joined(await send(setUp.sizes))).toBe(success());
  });

  test.each(Object.entries(setUp).filter(([name]) => name !== 'sizes'))('%s', async (_, request) => {
    expect(joined(await send(request))).toBe(success());
  });

  test('and is there: products with their sizes and stock, prices, account and buyer', () => {
    const [chair] = list(centra.ledger()['products']).filter(({ id }) => id === 'PWC');
    const variations = list(chair?.['variations']);
    expect(variations).toMatchObject([{ id: 'PWC', status: 'active', sizetable: { id: 'OneSize' } }]);
    expect(list(variations[0]?.['sizes'])).toMatchObject([
      {
        id: 'OS',
        warehouseitems: [
          { id: 'MainWarehouse', qty: '1' },
          { id: 'OtherWarehouse', qty: '2' },
        ],
      },
    ]);
    expect(centra.ledger()['other']).toMatchObject({
      pricelists: [{ items: [{ id: 'T001', variation: [{ priceb: '123' }, { priceb: '234' }] }, { price: '700' }] }],
      accounts: [{ id: '12345', buyers: [{ id: '12345_buyer1' }], invoiceaddress: { vat: 'SE007' } }],
      sizes: [{ id: 'S' }, { id: 'M' }, { id: 'L' }, { id: 'OS', description: '' }],
      pricealterationdates: [{ id: 'H20', startdate: '2020-11-30' }],
    });
  });
});

/** The members of the order in the cookbook's event, in their order; the shop of the sandbox has no collections. */
const documentedMembers = [
  ...['id', 'ordernumber', 'type', 'store', 'status', 'ordertotal', 'currency', 'currencyrate', 'basecurrency'],
  ...['created', 'internal', 'preferred_shipping_date', 'primary_warehouse', 'shipping', 'payments', 'products'],
  ...['cancelled', 'shipments', 'carrierinformation', 'customer', 'shippingaddress', 'billingaddress'],
  ...['internalinformation', 'other', 'market', 'pricelist'],
];
const documentedShipment = [
  ...['id', 'paid', 'shipped', 'goodtogo', 'appendix', 'shipmenttotal', 'paidtotal', 'currency', 'currencyrate'],
  ...['basecurrency', 'created', 'shippingaddress', 'carrierinformation', 'products', 'refunds', 'shipping'],
  ...['handling', 'voucher'],
];
const membersAmong = (record: Fields, names: readonly string[]) =>
  Object.keys(record).filter((name) => names.includes(name));

describe("Centra's cookbook: a retail order is shipped", () => {
  beforeAll(() => centra.reset({ orders: 3, seed: 1 }));

  test('its event has the documented members in the documented order', async () => {
    const answer = await send(retailOrder.events);
    expect(joined(answer)).toContain('<SOAP-ENV:Body><ns1:events_Get><ns1:events><ns1:event><ns1:id>115</ns1:id>');
    const [event] = eventsIn(answer);
    expect(Object.keys(event ?? {})).toEqual(['id', 'type', 'entry', 'mission', 'date', 'data']);
    expect(event).toMatchObject({ id: '115', type: 'order', entry: '30', mission: 'update' });
    expect(event?.['date']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const [order = {}] = ordersIn(answer);
    expect(membersAmong(order, documentedMembers)).toEqual(documentedMembers);
    expect(order['created']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/);
    expect(order).toMatchObject({ status: 'processing', internal: 'false', payments: { type: 'cc', total: '0' } });
    const [shipment = {}] = list(order['shipments']);
    expect(membersAmong(shipment, documentedShipment)).toEqual(documentedShipment);
    expect(shipment).toMatchObject({ paid: 'no', shipped: 'no', goodtogo: 'yes', appendix: '1', paidtotal: '0.00' });
  });

  test('its event is done, the order locked, and shipped with its money', async () => {
    const [shipment] = list(orderNow('30')['shipments']);
    expect(joined(await send(retailOrder.done))).toBe(success());
    expect(joined(await send(retailOrder.events))).toBe(printed('<ns1:events_Get><ns1:events/></ns1:events_Get>'));
    expect(joined(await send(retailOrder.lock))).toBe(success());
    expect(orderNow('30')).toMatchObject({ locked: 'yes', status: 'processing' });
    expect(joined(await send(retailOrder.shipped(shipment?.['id'] as string)))).toBe(success());
    expect(orderNow('30')).toMatchObject({
      ...{ status: 'completed', payments: { status: 'complete' } },
      shipments: [{ shipped: 'yes', paid: 'yes', carrierinformation: { carrier: 'UPS', tracking: '1Z123123123123' } }],
    });
  });
});

describe("Centra's cookbook: a wholesale order is shipped in two parts", () => {
  beforeAll(async () => {
    centra.reset({ orders: 0, seed: 1 });
    await send(wholesaleOrder.placed);
  });

  test('its event comes by its market', async () => {
    const answer = await send(wholesaleOrder.events);
    const [order] = ordersIn(answer);
    expect(order).toMatchObject({ id: '25', type: 'wholesale', store: '2', status: 'pending' });
    const id = eventsIn(answer)[0]?.['id'] as string;
    expect(joined(await send(wholesaleOrder.done(id)))).toBe(success());
    expect(eventsIn(await send(wholesaleOrder.events))).toEqual([]);
  });

  test.each([
    ['confirm', { status: 'confirmed', locked: 'yes' }],
    ['cancel', { cancelled: [{ id: 'T001', sizes: [{ id: 'L', qty: '1', orderitem: { id: '71' } }] }] }],
    ['firstShipment', { shipments: [{ id: 'shipment-25-1', appendix: '1', shipping: { subtotal: '123' } }] }],
    ['secondShipment', { shipments: [{ id: 'shipment-25-1' }, { id: 'shipment-25-2', shipping: { subtotal: '0' } }] }],
    ['shipped', { shipments: [{ shipped: 'yes' }, { shipped: 'yes', carrierinformation: { tracking: '876543212' } }] }],
  ] as const)('%s', async (step, expected) => {
    expect(joined(await send(wholesaleOrder[step]))).toBe(success());
    expect(orderNow('25')).toMatchObject(expected);
  });

  test('and is not completed, for nobody has paid', () => {
    expect(orderNow('25')).toMatchObject({ status: 'confirmed' });
  });
});
