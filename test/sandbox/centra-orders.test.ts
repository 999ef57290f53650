import { CentraCaller, cancelled, fields, list, rowsXml, shipment } from './centra-calls';
import type { Fields } from './centra-calls';

let centra: CentraCaller;
beforeEach(() => {
  centra = new CentraCaller();
});

/** Order 31: rows 72 (1 small), 73 (2 medium), 74 (2 mugs). */
const order = () => centra.record('orders', '31');
const shipmentOf = (id: string): Fields => list(order()['shipments']).find((entry) => entry['id'] === id) ?? {};
const all = { 72: 1, 73: 2, 74: 2 };
const ok = { success: 'true', errors: [], notices: [] };

describe('partial update', () => {
  it('changes what is sent and leaves the rest, at every depth', () => {
    const before = order();
    const inner = '<locked>yes</locked><shippingaddress><city>Lund</city></shippingaddress>';
    expect(centra.order('31', inner)).toEqual({ ...ok, effects: 1 });
    const address = { ...fields(before['shippingaddress']), city: 'Lund' };
    expect(order()).toEqual({ ...before, locked: 'yes', shippingaddress: address });
    expect(centra.order('31', inner)).toEqual({ ...ok, effects: 0 });
  });

  it('creates what it does not know, under the id sent and a number of its own', () => {
    const product =
      '<product><id>P-0071</id><price>10.00</price><variation><id>V-0071</id></variation>' +
      '<sizes><size><id>OS</id><qty>2</qty></size></sizes></product>';
    expect(centra.order('web-1', `<products>${product}</products>`)).toEqual({ ...ok, effects: 1 });
    expect(centra.record('orders', 'web-1')).toMatchObject({
      ordernumber: '33',
      status: 'processing',
      ordertotal: '20.00',
    });
    expect(centra.rows('web-1')).toEqual({ 76: '2' });
    expect(centra.events('order').at(-1)).toMatchObject({ entry: 'web-1' });
  });

  it('keeps the row numbers a new order is sent with, and never changes ordernumber', () => {
    centra.order('web-2', `<ordernumber>999</ordernumber><products>${rowsXml({ own: 3 })}</products>`);
    expect(centra.rows('web-2')).toEqual({ own: '3' });
    expect(centra.record('orders', 'web-2')['ordernumber']).toBe('33');
  });

  it.each([
    ['<id></id><type>retail</type><store>1</store>', '<id> missing in orders'],
    ['<id>30</id><store>1</store>', 'Order 30: type must be retail or wholesale'],
    ['<id>30</id><type>retail</type>', 'Order 30: store must be a number'],
    ['<id>30</id><type>wholesale</type><store>1</store>', 'Order 30 has type retail'],
    ['<id>30</id><type>retail</type><store>2</store>', 'Order 30 has store 1'],
  ])('refuses %s', (inner, error) => {
    expect(centra.update('orders_Update', `<orders><order>${inner}</order></orders>`)).toEqual({
      success: 'false',
      errors: [error],
      notices: [],
      effects: 0,
    });
  });

  it('does not let a status go back, unless the switch says so', () => {
    centra.order('31', '<status>completed</status>');
    expect(centra.order('31', '<status>processing</status>').errors).toEqual([
      'Order 31 is completed, it cannot be processing again',
    ]);
    centra = new CentraCaller({ refusesStatusBack: false });
    centra.order('31', '<status>completed</status>');
    expect(centra.order('31', '<status>processing</status>').success).toBe('true');
  });

  const twoOrders = () => {
    const one = (id: string, type: string) =>
      `<order><id>${id}</id><type>${type}</type><store>1</store><locked>yes</locked></order>`;
    const result = centra.update('orders_Update', `<orders>${one('30', 'retail')}${one('31', 'other')}</orders>`);
    return [result.success, result.effects, centra.record('orders', '30')['locked']];
  };

  it('stores all records of a call or none; by switch what can be stored', () => {
    expect(twoOrders()).toEqual(['false', 0, 'no']);
    centra = new CentraCaller({ batch: 'partial' });
    expect(twoOrders()).toEqual(['false', 1, 'yes']);
  });
});

describe('cancelled', () => {
  it('decrements: the same call again cancels as many again, until nothing is left', () => {
    const free = Number(centra.free('P-TEE100BLK', 'M'));
    expect(centra.order('31', cancelled({ 73: 1 }))).toEqual({ ...ok, effects: 1 });
    expect([centra.rows('31'), centra.rows('31', 'cancelled')]).toEqual([{ 72: '1', 73: '1', 74: '2' }, { 73: '1' }]);
    expect(order()['ordertotal']).toBe('831.10');
    expect(centra.order('31', cancelled({ 73: 1 }))).toEqual({ ...ok, effects: 1 });
    expect([centra.rows('31'), centra.rows('31', 'cancelled')]).toEqual([{ 72: '1', 74: '2' }, { 73: '2' }]);
    expect(centra.free('P-TEE100BLK', 'M')).toBe(String(free + 2));
    expect(centra.order('31', cancelled({ 73: 1 })).errors).toEqual(['Order 31 has no orderitem 73']);
  });

  it('refuses more than there is, what is shipped, and what it cannot tell apart', () => {
    expect(centra.order('31', cancelled({ 74: 3 })).errors).toEqual(['Order 31, orderitem 74: only 2 left to cancel']);
    expect(centra.order('31', cancelled({ 74: 0 })).errors).toEqual(["Order 31, orderitem 74: qty '0' is no quantity"]);
    centra.order('31', shipment('s1', { 74: 1 }, '<shipped>yes</shipped>'));
    expect(centra.order('31', cancelled({ 74: 2 })).errors).toEqual(['Order 31, orderitem 74: only 1 left to cancel']);
    const size = '<sizes><size><id>X</id><qty>1</qty></size></sizes>';
    const product = `<product><id>P-0071</id><variation><id>V-0071</id></variation>${size}</product>`;
    expect(centra.order('31', `<cancelled>${product}</cancelled>`).errors).toEqual([
      'Order 31: P-0071 / V-0071 / X is not one orderitem',
    ]);
    expect(centra.order('31', `<cancelled>${product.replace('>X<', '>OS<')}</cancelled>`).success).toBe('true');
  });

  it('takes what it cancels out of a shipment that has not left', () => {
    centra.order('31', shipment('s1', all));
    centra.order('31', cancelled({ 73: 1, 72: 1 }));
    expect(list(shipmentOf('s1')['products']).map(({ qty }) => qty)).toEqual(['1', '2']);
  });

  it('leaves a cancelled order where it took everything', () => {
    centra.order('31', cancelled(all));
    expect(order()).toMatchObject({ status: 'cancelled', ordertotal: '0.00', products: [] });
  });
});

describe('shipments', () => {
  it('are made by the ids of the caller, with the order’s own rows, and repeating one changes nothing', () => {
    const inner = shipment('ours-1', { 72: 1, 73: 1 }, '<goodtogo>yes</goodtogo>');
    expect(centra.order('31', inner)).toEqual({ ...ok, effects: 1 });
    expect(shipmentOf('ours-1')).toMatchObject({
      ...{ shipped: 'no', paid: 'no', goodtogo: 'yes', appendix: '1', shipmenttotal: '598.00' },
      products: [{ id: 'P-TEE100BLK', price: '299.00', qty: '2' }],
      shipping: { subtotal: '0' },
    });
    expect(centra.order('31', inner)).toEqual({ ...ok, effects: 0 });
    expect(centra.order('31', shipment('ours-2', { 73: 2 })).errors).toEqual([
      'Shipment ours-2, orderitem 73: only 1 left to ship',
    ]);
    expect(centra.order('31', shipment('ours-2', { 99: 1 })).errors).toEqual(['Order 31 has no orderitem 99']);
    expect(centra.order('31', '<shipments><shipment><id>none</id></shipment></shipments>').errors).toEqual([
      'Order 31 has no shipment none, and products are needed for a new one',
    ]);
  });

  const ship = (id: string, capture = 'yes') =>
    `<shipments><shipment><id>${id}</id><shipped>yes</shipped><capture>${capture}</capture>` +
    `<carrierinformation><carrier>UPS</carrier><tracking>1Z9</tracking></carrierinformation></shipment></shipments>`;

  it('take the money once, and complete the order when all of it is shipped and paid', () => {
    centra.order('31', shipment('s1', { 72: 1, 73: 2 }));
    centra.order('31', ship('s1'));
    expect(shipmentOf('s1')).toMatchObject({ shipped: 'yes', paid: 'yes', paidtotal: '897.00' });
    expect(shipmentOf('s1')['capture']).toBeUndefined();
    expect(shipmentOf('s1')['carrierinformation']).toMatchObject({ carrier: 'UPS', service: '', tracking: '1Z9' });
    expect([order()['status'], fields(order()['payments'])['status']]).toEqual(['processing', 'incomplete']);
    expect(centra.order('31', ship('s1'))).toEqual({ ...ok, effects: 0 });

    centra.order('31', shipment('s2', { 74: 2 }, '<shipped>yes</shipped>'));
    expect(order()['status']).toBe('processing');
    centra.order('31', ship('s2'));
    expect(order()['status']).toBe('completed');
    expect(fields(order()['payments'])).toMatchObject({ total: '1130.10', status: 'complete' });
    expect(list(fields(order()['payments'])['payment']).map(({ type, value }) => [type, value])).toEqual([
      ['auth', '1130.10'],
      ['capture', '897.00'],
      ['capture', '233.10'],
    ]);
  });

  it('stay shipped, rows and all', () => {
    centra.order('31', shipment('s1', { 72: 1 }, '<shipped>yes</shipped>'));
    expect(centra.order('31', ship('s1').replace('<shipped>yes', '<shipped>no')).errors).toEqual([
      'Shipment s1 is shipped',
    ]);
    expect(centra.order('31', shipment('s1', { 73: 1 })).errors).toEqual(['Shipment s1 is shipped']);
  });

  it('have nothing to capture where nothing is reserved, and are not shipped where the capture is declined', () => {
    const line = { sku: '0071', quantity: '1', price: '', discount: '0' };
    centra.sandbox.placeWebOrder({ currency: 'SEK', paid: false, shipping: '49', lines: [line] });
    const inner = shipment('s1', { 76: 1 }, '<shipped>yes</shipped><capture>yes</capture>');
    expect(centra.order('33', inner)).toMatchObject({ success: 'true', notices: ['Shipment s1: nothing to capture'] });
    expect(centra.record('orders', '33')).toMatchObject({ status: 'processing', ordertotal: '178.50' });

    centra = new CentraCaller({ declinesCapture: true });
    const declined = centra.order('31', shipment('s1', all, '<shipped>yes</shipped><capture>yes</capture>'));
    expect(declined).toMatchObject({ success: 'false', errors: ['Shipment s1: the capture was declined'], effects: 0 });
    expect(order()['shipments']).toEqual([]);
  });

  it("are Centra's own where the switch says so", () => {
    centra = new CentraCaller({ automaticShipments: true });
    expect(list(order()['shipments'])).toMatchObject([
      { id: '1031', goodtogo: 'yes', shipped: 'no', shipmenttotal: '1130.10' },
    ]);
    expect(centra.order('31', ship('1031')).success).toBe('true');
    expect(order()['status']).toBe('completed');
  });
});

describe('refunds', () => {
  const refund = (id: string, rows: Readonly<Record<string, number>>, of = 's1') =>
    `<shipments><shipment><id>${of}</id><refunds><refund><id>${id}</id><status>confirmed</status>` +
    `<products>${rowsXml(rows)}</products></refund></refunds></shipment></shipments>`;
  const shipped = '<shipped>yes</shipped><capture>yes</capture>';

  it('give money back once per id, and never more than was shipped', () => {
    centra.order('31', shipment('s1', all, shipped));
    expect(centra.order('31', refund('r1', { 73: 1 }))).toEqual({ ...ok, effects: 1 });
    expect(fields(order()['payments'])).toMatchObject({ total: '831.10' });
    expect(list(shipmentOf('s1')['refunds'])).toMatchObject([
      { id: 'r1', status: 'confirmed', products: [{ qty: '1' }] },
    ]);
    expect(centra.order('31', refund('r1', { 73: 1 }))).toEqual({ ...ok, effects: 0 });
    expect(centra.order('31', refund('r2', { 73: 2 })).errors).toEqual([
      'Refund r2, orderitem 73: only 1 left to refund',
    ]);
  });

  it('have ids that are unique over all orders', () => {
    centra.order('30', shipment('s1', { 71: 1 }, shipped));
    centra.order('30', refund('r1', { 71: 1 }));
    centra.order('31', shipment('s1', all, shipped));
    expect(centra.order('31', refund('r1', { 72: 1 })).errors).toEqual(['Refund r1 exists already, in order 30']);
  });

  it('need goods that left', () => {
    centra.order('31', shipment('s1', all));
    expect(centra.order('31', refund('r1', { 72: 1 })).errors).toEqual(['Refund r1: shipment s1 is not shipped']);
  });
});
