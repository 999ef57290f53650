import { startClaritum } from './claritum-caller';
import type { ClaritumCaller } from './claritum-caller';

let sandbox: ClaritumCaller;
beforeEach(async () => {
  sandbox = await startClaritum();
});
afterEach(() => sandbox.close());

const orderRef = 'CL-10231';
const listed = async () => (await sandbox.ask('getPurchaseOrders')).list;
const listedOrder = async (ref = orderRef) => (await listed()).find((entry) => entry['orderRef'] === ref);
const refs = async () => (await listed()).map((entry) => entry['orderRef']);
const mark = async (uid: unknown) => (await sandbox.ask('markExported', `<uids>${String(uid)}</uids>`)).result;
const done = async (action: unknown): Promise<readonly string[]> => {
  const { status, value } = await sandbox.world(action);
  expect({ status, value }).toMatchObject({ status: 200, value: { ok: true } });
  return (value as { ids: readonly string[] }).ids;
};

describe('a purchase order that is cancelled or has another status', () => {
  it('stays in the list as cancelled, newer, marked or not; its deliveries do not', async () => {
    const before = await listedOrder();
    await mark(before?.['uid']);
    expect(await done({ cancel: { orderRef, listed: true } })).toEqual([before?.['uid']]);
    const after = await listedOrder();
    expect(after).toEqual({ ...before, status: 'cancelled', lastModified: expect.any(String) });
    expect(String(after?.['lastModified']) > String(before?.['lastModified'])).toBe(true);
    expect((await sandbox.ask('getDeliveries')).list.map((entry) => entry['orderRef'])).not.toContain(orderRef);
    await mark(before?.['uid']);
    expect(await refs()).not.toContain(orderRef);
    expect((await sandbox.world({ cancel: { orderRef, listed: true } })).status).toBe(404);
    expect((await sandbox.world({ cancel: { orderRef } })).status).toBe(404);
  });

  it('can be shown as cancelled after it was gone', async () => {
    await done({ cancel: { orderRef } });
    expect(await refs()).not.toContain(orderRef);
    await done({ cancel: { orderRef, listed: true } });
    expect(await listedOrder()).toMatchObject({ status: 'cancelled' });
  });

  it('has any word for a status, newer and listed unless it says otherwise', async () => {
    const before = await listedOrder();
    await mark(before?.['uid']);
    await done({ status: { orderRef, status: 'on hold' } });
    const held = await listedOrder();
    expect(held).toMatchObject({ uid: before?.['uid'], status: 'on hold', quantity: before?.['quantity'] });
    expect(held?.['lastModified']).not.toBe(before?.['lastModified']);
    await done({ status: { orderRef, status: 'Authorised ', sameInstant: true } });
    expect(await listedOrder()).toEqual({ ...held, status: 'Authorised ' });
    await done({ status: { orderRef, status: 'cancelled', lastModified: '2020-01-01' } });
    expect(await listedOrder()).toMatchObject({ status: 'cancelled', lastModified: '2020-01-01' });
    await done({ status: { orderRef, status: 'authorised' } });
    expect((await sandbox.ask('getDeliveries')).list.map((entry) => entry['orderRef'])).toContain(orderRef);
  });
});

describe('a purchase order that is amended', () => {
  it('within one instant: the content is another, the time is not', async () => {
    const before = await listedOrder();
    await mark(before?.['uid']);
    await done({ amend: { orderRef, set: { quantity: 8 }, sameInstant: true } });
    expect(await listedOrder()).toMatchObject({ quantity: '8', net: '6.80', lastModified: before?.['lastModified'] });
  });

  it('by nothing: it is listed again exactly as it was', async () => {
    const before = await listedOrder();
    await mark(before?.['uid']);
    expect(await refs()).not.toContain(orderRef);
    expect(await done({ amend: { orderRef, set: {}, sameInstant: true } })).toEqual([before?.['uid']]);
    expect(await listedOrder()).toEqual(before);
  });

  it.each(['2026-01-05T09:00:00.250Z', '2026-01-05', '-0001-11-30T00:00:00+00:00', 'yesterday'])(
    'at %s, as it says, and later than that afterwards',
    async (lastModified) => {
      await done({ amend: { orderRef, set: { quantity: 8 }, lastModified } });
      expect(await listedOrder()).toMatchObject({ quantity: '8', lastModified });
      await done({ amend: { orderRef, set: { quantity: 9 } } });
      expect(await listedOrder()).toMatchObject({ lastModified: expect.stringMatching(/^20\d\d-\d\d-\d\dT.{8}Z$/) });
    },
  );

  it('into a cancelled one is withdrawn, and comes back with a word', async () => {
    await done({ amend: { orderRef, set: { status: 'cancelled' } } });
    expect(await refs()).not.toContain(orderRef);
    expect((await sandbox.world({ amend: { orderRef, set: { quantity: 1 } } })).status).toBe(404);
    await done({ status: { orderRef, status: 'authorised' } });
    await done({ amend: { orderRef, set: { quantity: 1 } } });
    expect(await listedOrder()).toMatchObject({ status: 'authorised', quantity: '1' });
  });
});

describe('a purchase order that is gone and comes back', () => {
  it('is as it was, its time too; its deliveries never went', async () => {
    const [before, ...others] = await listed();
    expect(await done({ remove: { orderRef } })).toEqual([before?.['uid']]);
    expect(await listed()).toEqual(others);
    expect((await sandbox.ask('getDeliveries')).list.map((entry) => entry['orderRef'])).toContain(orderRef);
    expect((await sandbox.world({ remove: { orderRef } })).status).toBe(404);
    await done({ restore: { orderRef } });
    expect(await listed()).toEqual([before, ...others]);
  });

  it('comes back marked if it was marked meanwhile', async () => {
    const before = await listedOrder();
    await done({ remove: { orderRef } });
    expect(await mark(before?.['uid'])).toBe('true');
    await done({ restore: { orderRef } });
    expect(await refs()).not.toContain(orderRef);
  });
});

describe('a purchase order that is added', () => {
  it('is like one of the seed where nothing is said, whole with specification, attachments and deliveries', async () => {
    const [uid] = await done({ add: { purchaseOrder: {} } });
    const order = await listedOrder('CL-900001');
    expect(order).toMatchObject({
      ...{ uid, poNumber: 'PO-900001', status: 'authorised', customerName: 'Alpine Retail Group' },
      deliveries: { item: { deliveryRef: '900001-1' } },
    });
    const { list } = await sandbox.ask('getSpecification', '<orderRefs>CL-900001</orderRefs>');
    expect(list).toMatchObject([{ orderRef: 'CL-900001', productType: 'brochure' }]);
    const { attachments } = order as { attachments: { item: { attachmentRef: string } } };
    const ref = `<attachmentRefs>${attachments.item.attachmentRef}</attachmentRefs>`;
    expect((await sandbox.ask('getAttachments', ref)).list).toMatchObject([{ orderRef: 'CL-900001' }]);
    expect(await done({ deliver: { orderRef: 'CL-900001', quantity: 1 } })).toEqual(['DL-900001-1']);
    await done({ add: { purchaseOrder: {} } });
    expect(await refs()).toContain('CL-900002');
  });

  it('may have what is another order’s: its PO number, its reference; a uid tells the two apart', async () => {
    const poNumber = 'PO-10231';
    await done({ add: { purchaseOrder: { orderRef: 'BL-900001', poNumber, customerName: 'Borealis Foods' } } });
    const twin = { orderRef, uid: 'PO-SECOND', poNumber, productCode: 'LBL-0071', quantity: 70, unitPrice: '42.50' };
    expect(await done({ add: { purchaseOrder: twin } })).toEqual(['PO-SECOND']);
    const same = (await listed()).filter((entry) => entry['poNumber'] === poNumber);
    expect(same.map((entry) => [entry['orderRef'], entry['productCode'], entry['net']])).toEqual([
      [orderRef, 'BRO-A4-16', expect.any(String)],
      ['BL-900001', 'BRO-A4-16', expect.any(String)],
      [orderRef, 'LBL-0071', '2975.00'],
    ]);
    await done({ amend: { orderRef: 'PO-SECOND', set: { quantity: 3 } } });
    await mark('PO-SECOND');
    const left = (await listed()).filter((entry) => entry['orderRef'] === orderRef);
    expect(left).toMatchObject([{ productCode: 'BRO-A4-16', quantity: same[0]?.['quantity'] }]);
    expect((await sandbox.world({ add: { purchaseOrder: { uid: 'PO-SECOND' } } })).status).toBe(400);
  });

  it('has odd members exactly as they were given', async () => {
    const odd = {
      ...{
        orderRef: 'X 1/ä',
        status: 'draft',
        deliveryDate: '2027-01-25',
        lastModified: '2026-11-28T09:00:00.125+01:00',
      },
      ...{ quantity: '+5', net: '-5', authorisedDate: '-0001-11-30T00:00:00+00:00' },
      deliveries: [
        { quantity: '5.', requiredDate: '0000-00-00' },
        { deliveryRef: 'there', quantity: '.5' },
      ],
    };
    const [uid] = await done({ add: { purchaseOrder: odd } });
    const { deliveries, ...members } = odd;
    expect(await listedOrder('X 1/ä')).toMatchObject({ uid, ...members, deliveries: { item: deliveries } });
  });

  it('is there with no order of the seed at all', async () => {
    const empty = await startClaritum(0);
    await empty.world({
      add: { purchaseOrder: { quantity: 12, deliveries: [{ quantity: 5 }, { deliveryRef: 'B' }] } },
    });
    const { list } = await empty.ask('getPurchaseOrders');
    expect(list).toMatchObject([{ quantity: '12', net: '10.20' }]);
    expect((await empty.ask('getDeliveries')).list).toHaveLength(2);
    await empty.close();
  });
});

describe('a delivery', () => {
  const deliveries = async () =>
    (await sandbox.ask('getDeliveries')).list
      .filter((entry) => entry['orderRef'] === orderRef)
      .map(({ uid, status, quantity }) => [uid, status, quantity]);

  it('has the carrier’s word for what arrived, and the next one is another delivery', async () => {
    await done({ amend: { orderRef, set: { quantity: 15 } } });
    await done({ deliver: { orderRef, quantity: 10, status: 'Delivered ' } });
    await done({ deliver: { orderRef, quantity: 2, status: 'left with neighbour' } });
    expect(await deliveries()).toEqual([
      ['DL-10231-1', 'Delivered ', '10'],
      ['DL-10231-1-2', 'left with neighbour', '2'],
      ['DL-10231-1-3', 'in progress', '3'],
    ]);
  });

  it('that was marked is listed again under its uid with what it is now, and the rest of the address follows', async () => {
    await done({ amend: { orderRef, set: { quantity: 10 } } });
    await done({ deliver: { orderRef, quantity: 10 } });
    await mark('DL-10231-1');
    expect(await deliveries()).toEqual([]);
    await done({ amend: { orderRef, set: { quantity: 15 } } });
    expect(await done({ reopen: { deliveryRef: '10231-1', quantity: 15 } })).toEqual(['DL-10231-1']);
    expect(await deliveries()).toEqual([['DL-10231-1', 'delivered', '15']]);
    await done({ reopen: { deliveryRef: 'DL-10231-1', quantity: 4 } });
    expect(await deliveries()).toEqual([
      ['DL-10231-1', 'delivered', '4'],
      ['DL-10231-1-2', 'in progress', '11'],
    ]);
  });

  it('is the last of its address that was marked, or the one whose uid is named', async () => {
    await done({ amend: { orderRef, set: { quantity: 9 } } });
    for (const quantity of [1, 2, 3]) await done({ deliver: { orderRef, quantity } });
    await mark('DL-10231-1');
    await mark('DL-10231-1-2');
    expect(await done({ reopen: { deliveryRef: '10231-1', quantity: 5 } })).toEqual(['DL-10231-1-2']);
    expect(await done({ reopen: { deliveryRef: 'DL-10231-1', quantity: 0 } })).toEqual(['DL-10231-1']);
    expect(await deliveries()).toEqual([
      ['DL-10231-1', 'delivered', '0'],
      ['DL-10231-1-2', 'delivered', '5'],
      ['DL-10231-1-3', 'delivered', '3'],
      ['DL-10231-1-4', 'in progress', '1'],
    ]);
  });
});
