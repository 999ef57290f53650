import { CentraSandbox } from '../../src/sandbox/centra/sandbox';
import { ClaritumSandbox } from '../../src/sandbox/claritum/sandbox';
import { People } from '../../src/sandbox/people';
import { startSandbox } from '../../src/sandbox/server';
import { envelope } from './claritum-caller';
import { call, control, eventually } from './http-caller';
import { ManExCaller } from './manex-calls';
import { allocation, inbound, login, NorthScopeCaller, request, soOrder } from './northscope-calls';

type Item = Readonly<Record<string, unknown>>;
const list = (part: unknown) => part as readonly Item[];

/** A purchase order of the seed as the warehouse knows it: one order per delivery, labels counted in Each. */
const warehouseOrder = (orderId: string, poNumber: string, boxes: number) =>
  soOrder(orderId, {
    header: { PurchaseOrder: poNumber },
    lines: `<Line><Item>0071</Item><Sequence>1</Sequence><Units>${boxes * 15}</Units><UnitsUOM>Each</UnitsUOM></Line>`,
  });

describe('the people, step by step', () => {
  const claritum = new ClaritumSandbox();
  let northscope: NorthScopeCaller;
  let manex: ManExCaller;
  let people: People;
  let boxes: readonly number[];
  const defects: unknown[] = [];

  const deliveries = () =>
    list(claritum.ledger()['deliveries'])
      .filter(({ orderRef }) => orderRef === 'CL-10233')
      .map(({ status, quantity, consignmentNumber }) => [status, quantity, consignmentNumber]);
  const shipped = () =>
    northscope.rows('ListSalesOrders').map(({ OrderID = '' }) => northscope.line(OrderID)['ShippedUnits']);
  const receive = (quantity: number) => {
    const receipt = `<orderRef>CL-10233</orderRef><receivedDate>2026-01-05</receivedDate><quantity>${quantity}</quantity>`;
    const body = envelope('setGoodsReceipts', `<goodsReceipts>${receipt}</goodsReceipts>`);
    const path = '/system/ws/1.3/soap.php';
    const prepared = claritum.prepare({ method: 'POST', path, query: '', headers: {}, body, origin: 'http://x' });
    if ('answer' in prepared) throw new Error(prepared.answer.body);
    expect(prepared.commit().outcome).toBe('ok');
  };

  beforeEach(() => {
    claritum.reset({ orders: 3, seed: 1 });
    northscope = new NorthScopeCaller();
    manex = new ManExCaller();
    const world = { claritum, northscope: northscope.sandbox, manex: manex.sandbox };
    people = new People(world, 1000, (defect) => defects.push(defect));
    boxes = deliveries().map(([, quantity]) => Number(quantity));
  });

  it('despatches what is allocated, one lorry a step, then delivers it, then invoices what was received', () => {
    const [first = 0, second = 0] = boxes;
    const items = [
      northscope.order('10233-1', warehouseOrder('10233-1', 'PO-10233', first)),
      northscope.order('10233-2', warehouseOrder('10233-2', 'PO-10233', second)),
    ];
    people.step();
    expect(shipped()).toEqual(['0.00000', '0.00000']);
    northscope.allocate(
      { item: items[0] ?? '', units: `${first * 15}` },
      { item: items[1] ?? '', units: `${second * 15}` },
    );

    people.step();
    expect(shipped()).toEqual([`${first * 15}.00000`, '0.00000']);
    expect(deliveries().map(([status]) => status)).toEqual(['in progress', 'in progress']);

    people.step();
    expect(shipped()).toEqual([`${first * 15}.00000`, `${second * 15}.00000`]);
    expect(deliveries().map(([status]) => status)).toEqual(['delivered', 'in progress']);

    people.step();
    expect(deliveries()).toEqual([
      ['delivered', String(first), 'NW-10233-1'],
      ['delivered', String(second), 'NW-10233-2'],
    ]);
    receive(first);
    people.step();
    expect(claritum.ledger()['purchaseInvoices']).toEqual([]);
    receive(second);
    people.step();
    people.step();
    const total = first + second;
    expect(claritum.ledger()['purchaseInvoices']).toMatchObject([
      { orderRef: 'CL-10233', net: (42.5 * total).toFixed(2), lines: [{ quantity: String(total) }] },
    ]);
    expect(defects).toEqual([]);
  });

  it('delivers whole boxes only, the rest when it is there', () => {
    const [first = 0] = boxes;
    const item = northscope.order('10233-1', warehouseOrder('10233-1', 'PO-10233', first));
    northscope.allocate({ item, units: '20' });
    people.step();
    people.step();
    expect(deliveries()[0]).toEqual(['delivered', '1', 'NW-10233-1']);
    northscope.allocate({ item, units: `${first * 15 - 20}` });
    people.step();
    people.step();
    expect(deliveries().slice(0, 2)).toEqual([
      ['delivered', '1', 'NW-10233-1'],
      ['delivered', String(first - 1), 'NW-10233-1'],
    ]);
  });

  it('delivers what a further order of the same address brings', () => {
    const [first = 0] = boxes;
    const items = ['10233-1', '10233-1.2'].map((id) => northscope.order(id, warehouseOrder(id, 'PO-10233', 1)));
    expect(first).toBeGreaterThan(1);
    northscope.allocate(...items.map((item) => ({ item, units: '15' })));
    for (let step = 0; step < 4; step += 1) people.step();
    expect(deliveries().filter(([status]) => status === 'delivered')).toEqual([
      ['delivered', '1', 'NW-10233-1'],
      ['delivered', '1', 'NW-10233-1.2'],
    ]);
    expect(defects).toEqual([]);
  });

  it('invoices what was received when the supplier has taken on no more than that', () => {
    manex.send('Add', { SoNo: '10233', custNo: '0000000008', PoNo: 'PO-10233' });
    const line = { SoNo: '10233', part_num: 'LBL-0071', uOfMeas: 'BOX', soDet_Desc: 'Labels', ord_qty: '5' };
    manex.send('ItemADD', line);
    receive(4);
    people.step();
    expect(claritum.ledger()['purchaseInvoices']).toEqual([]);
    const uniqueLn = manex.lines('10233')[0]?.['UNIQUELN'];
    const edited = manex.message('ItemEdit', { ...line, uniqueLn, revision: 'B', ord_qty: '4' });
    expect(edited).toBe('Sales Order Item edited successfully.');
    people.step();
    people.step();
    expect(claritum.ledger()['purchaseInvoices']).toMatchObject([
      { orderRef: 'CL-10233', net: '170.00', lines: [{ quantity: '4' }] },
    ]);
    expect(defects).toEqual([]);
  });

  it('invoices what an amended order brings after its first invoice', () => {
    receive(6);
    people.step();
    claritum.amend({ orderRef: 'CL-10233', set: { quantity: '9' }, sameInstant: false, lastModified: '' });
    people.step();
    receive(3);
    people.step();
    people.step();
    const invoices = list(claritum.ledger()['purchaseInvoices']);
    expect(invoices.map(({ invoiceNumber, lines }) => [invoiceNumber, list(lines)[0]?.['quantity']])).toEqual([
      ['INV-10233-1', '6'],
      ['INV-10233-2', '3'],
    ]);
    expect(defects).toEqual([]);
  });

  it('leaves an order alone that is nobody’s', () => {
    const item = northscope.order('77-1', warehouseOrder('77-1', 'PO-ELSE', 2));
    northscope.allocate({ item, units: '30' });
    people.step();
    people.step();
    expect(shipped()).toEqual(['30.00000']);
    expect(deliveries().map(([status]) => status)).toEqual(['in progress', 'in progress']);
  });
});

describe('the customers of the web shop', () => {
  it('order now and then, no more than the shop can see to', () => {
    const claritum = new ClaritumSandbox();
    const { sandbox: northscope } = new NorthScopeCaller();
    const centra = new CentraSandbox();
    centra.reset({ orders: 0, seed: 1 });
    const people = new People({ claritum, northscope, centra }, 1000, () => undefined);
    const after = (steps: number) => {
      for (let step = 0; step < steps; step += 1) people.step();
      return centra.openWebOrders();
    };
    expect([after(119), after(1), after(240), after(600)]).toEqual([0, 1, 3, 3]);
    centra.cancelWebOrder({ webOrder: '30', lines: [] });
    expect([after(0), after(120)]).toEqual([2, 3]);
  });
});

describe('the people of a running sandbox', () => {
  it('work by themselves over all systems, and stop when it closes', async () => {
    const sandbox = await startSandbox({ port: 0, orders: 3, seed: 1, people: true, control: true, peopleDelayMs: 10 });
    const url = `${sandbox.origin}/services/ActionCommand.svc/APIExecute`;
    const content = `<LoginEmail>${login}</LoginEmail><Password>StrongPassword</Password>`;
    const session = await call(url, { body: request('GenerateSessionToken', content) });
    const token = /<SessionToken>([^<]+)/.exec(session.body ?? '')?.[1] ?? '';
    const post = (body: string) => call(url, { body, headers: { NSLogin: login, NSAPISession: token } });
    const ledger = async () =>
      (await control(sandbox.origin, 'ledger', undefined, 'GET')).value as {
        northscope: { salesOrders: readonly { SalesOrderDetailList: readonly { OrderItemSK: string }[] }[] };
        claritum: { deliveries: readonly Item[] };
      };
    await post(inbound('10233-1', 'SO Order', warehouseOrder('10233-1', 'PO-10233', 3)));
    const item = await eventually(async () => (await ledger()).northscope.salesOrders[0]?.SalesOrderDetailList[0]);
    await post(allocation({ item: item.OrderItemSK, units: '45' }));
    const delivered = await eventually(async () =>
      (await ledger()).claritum.deliveries.find(({ status }) => status === 'delivered'),
    );
    expect(delivered).toMatchObject({
      orderRef: 'CL-10233',
      deliveryRef: '10233-1',
      quantity: '3',
      carrier: 'NORTHWAY',
    });
    expect((await control(sandbox.origin, 'health', undefined, 'GET')).value).toEqual({ ok: true, defects: [] });
    await sandbox.close();
    expect((await call(sandbox.origin)).error).toBe('ECONNREFUSED');
  });
});
