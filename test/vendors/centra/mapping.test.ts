import type { WebOrder } from '../../../src/domain/web-order/web-order';
import { readEvent } from '../../../src/vendors/centra/answer';
import { toCancellation, toDespatch, toLock, toRefund } from '../../../src/vendors/centra/mapping';
import { parseXml } from '../../../src/transport/formats/xml';
import { order } from './orders';

/** The order of an event as the vendor writes it, read without its WSDL: a list of one is no list there. */
function read(xml: string): WebOrder {
  const data = parseXml(`<data>${xml}</data>`, { root: 'data' });
  const event = readEvent({ id: '1', type: 'order', data });
  if ('reason' in event || event.order === null) throw new Error('reason' in event ? event.reason : 'no order');
  return event.order;
}
const gone = (orderItem: string, quantity: string): string =>
  `<product><id>T001</id><sizes><size><id>S</id><qty>${quantity}</qty><orderitem><id>${orderItem}</id></orderitem></size></sizes></product>`;

describe('a line', () => {
  it.each(['cancelled', 'canceled'])('tells what is %s of it', (element) => {
    const more = `<${element}>${gone('81', '1')}${gone('81', '1.50')}${gone('99', '3')}</${element}>`;
    const { lines } = read(order({ more }));
    expect(lines.map((line) => [line.orderItemId, line.ordered, line.cancelled, line.price])).toEqual([
      ['80', '1', '0', '1000.00'],
      ['81', '3.5', '2.5', '123.00'],
      ['99', '3', '3', null],
    ]);
  });

  it('is found where the same size stands twice in an order', () => {
    const { lines } = read(order({ orderItem: '81' }).replace('<id>81</id>', '<id>80</id>'));
    expect(lines.map(({ orderItemId, productId }) => [orderItemId, productId])).toEqual([
      ['80', 'PWC'],
      ['81', 'T001'],
    ]);
  });

  it.each([
    ['', 'none'],
    ['<bundleinfo><isbundle>true</isbundle></bundleinfo>', 'whole'],
    ['<bundleinfo><isbundle>false</isbundle><partof><product><id>1</id></product></partof></bundleinfo>', 'part'],
  ])('with %j is of a bundle: %s', (bundleInfo, bundle) => {
    expect(read(order().replace('<comment/>', bundleInfo)).lines[0]?.bundle).toBe(bundle);
  });

  it('keeps its quantity as it was written', () => {
    expect(read(order({ quantity: ' 4.00 ' })).lines[0]?.ordered).toBe('4.00');
  });
});

describe('an order', () => {
  it.each([
    ['<status>canceled</status>', 'cancelled'],
    ['<status>Cancelled</status>', 'Cancelled'],
    ['<status/>', null],
  ])('with %s is %s', (status, expected) => {
    expect(read(order({ status })).status).toBe(expected);
  });

  it.each([
    ['<locked>yes</locked>', true],
    ['<locked>true</locked>', true],
    ['<locked>No</locked>', false],
    ['<locked>perhaps</locked>', null],
    ['<locked/>', null],
  ])('with %s is locked: %s', (more, isLocked) => {
    expect(read(order({ more })).isLocked).toBe(isLocked);
  });

  it('shows what was shipped and refunded', () => {
    const shipments =
      `<shipments><shipment><id>s-1</id><shipped>yes</shipped><paid>true</paid><products>${gone('81', '1')}</products>` +
      `<refunds><refund><id>r-1</id><status>confirmed</status><products>${gone('81', '1')}</products></refund></refunds>` +
      '</shipment></shipments>';
    expect(read(order({ shipments })).shipments).toEqual([
      {
        id: 's-1',
        isShipped: true,
        isPaid: true,
        isReleased: null,
        carrier: null,
        tracking: null,
        created: null,
        lines: [{ orderItemId: '81', quantity: '1' }],
        refunds: [{ id: 'r-1', status: 'confirmed', lines: [{ orderItemId: '81', quantity: '1' }] }],
      },
    ]);
  });
});

describe('a payment', () => {
  const paid = (change: (xml: string) => string): readonly [boolean, boolean] => {
    const { isAuthorised, isPaid } = read(change(order())).payment;
    return [isAuthorised, isPaid];
  };

  it.each<[string, (xml: string) => string, readonly [boolean, boolean]]>([
    ['reserved', (xml) => xml, [true, false]],
    ['asked for', (xml) => xml.replace(/<payment>.*<\/payment>(?=<\/payments>)/, ''), [false, false]],
    ['given back', (xml) => xml.replace('<type>auth</type>', '<type>refund</type>'), [false, false]],
    ['told to be complete', (xml) => xml.replace('>incomplete<', '>Complete<'), [true, true]],
    [
      'received in full',
      (xml) =>
        xml
          .replace('<total>0</total>', '<total>1135.00</total>')
          .replace('<store>', '<ordertotal>1135</ordertotal><store>'),
      [true, true],
    ],
    [
      'received in part',
      (xml) =>
        xml
          .replace('<total>0</total>', '<total>1134.99</total>')
          .replace('<store>', '<ordertotal>1135</ordertotal><store>'),
      [true, false],
    ],
    ['taken for the one shipment', (xml) => xml.replace('<paid>no</paid>', '<paid>yes</paid>'), [true, true]],
    ['no part of it', (xml) => xml.replace(/<payments>.*<\/payments>/, ''), [false, false]],
  ])('%s', (_, change, expected) => {
    expect(paid(change)).toEqual(expected);
  });
});

describe('what we tell Centra of an order', () => {
  const shop = read(order());
  const name = { id: '30', type: 'retail', store: '1' };
  const lines = [{ orderItemId: '81', quantity: '1' }];
  const product = {
    id: 'T001',
    variation: { id: 'T001_RED' },
    sizes: [{ id: 'S', qty: '1', orderitem: { id: '81' } }],
  };

  it('locks it', () => {
    expect(toLock(shop)).toEqual({ ...name, locked: 'yes' });
  });

  it('ships what Centra has a shipment for, as the vendor’s sample does', () => {
    const despatch = { shipmentId: '8', sequence: null, carrier: 'UPS', service: 'STANDARD', tracking: '1Z12' };
    expect(toDespatch(shop, { ...despatch, capture: true, isLast: true, lines: [] })).toEqual({
      ...name,
      status: 'completed',
      shipments: [
        {
          id: '8',
          shipped: 'yes',
          capture: 'yes',
          carrierinformation: { carrier: 'UPS', service: 'STANDARD', tracking: '1Z12' },
        },
      ],
    });
  });

  it('creates a shipment of its own, of part of the order', () => {
    const despatch = { shipmentId: 'waybill-30-1', sequence: '1', carrier: null, service: null, tracking: null };
    expect(toDespatch(shop, { ...despatch, capture: false, isLast: false, lines })).toEqual({
      ...name,
      shipments: [{ id: 'waybill-30-1', appendix: '1', shipped: 'yes', goodtogo: 'yes', products: [product] }],
    });
  });

  it('cancels by order item', () => {
    expect(toCancellation(shop, lines)).toEqual({ ...name, cancelled: [product] });
  });

  it('refunds by order item, with an id of its own', () => {
    const refund = { shipmentId: '8', sequence: '1', refundId: 'waybill-30-r1', comment: null, lines };
    expect(toRefund(shop, refund)).toEqual({
      ...name,
      shipments: [
        { id: '8', appendix: '1', refunds: [{ id: 'waybill-30-r1', status: 'confirmed', products: [product] }] },
      ],
    });
  });

  it('names no order item that the order does not have', () => {
    const unknown = [{ orderItemId: '82', quantity: '1' }];
    expect(() => toCancellation(shop, unknown)).toThrow('order 30 has no order item 82');
  });
});
