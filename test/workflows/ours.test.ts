import { lineMarker, salesOrderNumber } from '../../src/domain/purchase-order/sales-order-number';
import type { Progress } from '../../src/domain/purchase-order/progress';
import { ManExClient } from '../../src/vendors/manex/client';
import { amendUpdate, orderQuery, progressQuery } from '../../workflows/purchase-order/messages';
import { decideUpdate } from '../../workflows/case/messages';
import type { Served } from '../vendors/served';
import { type ListedOrder, serveClaritum } from './claritum-of-records';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;
let claritum: Served;
let manex: ManExClient;

/** Claritum lists these orders, and they are taken over at once. */
async function open(orders: readonly ListedOrder[], settle = '500 milliseconds'): Promise<Story[]> {
  claritum = await serveClaritum(orders);
  world = await World.open({
    orders: 0,
    claritum: claritum.origin,
    policy: (policy) => ({ ...policy, fulfilment: { ...policy.fulfilment, settle } }),
  });
  manex = new ManExClient({ endpoint: world.sandbox.origin, apiKey: '1234567890' });
  return orders.map(({ orderRef }) => new Story(world, orderRef));
}

afterEach(async () => {
  await world.replayed();
  await world.close();
  await claritum.close();
});

const listed = (orderRef: string, changes: Partial<ListedOrder> = {}): ListedOrder => ({
  uid: `uid-of-${orderRef}`,
  orderRef,
  poNumber: 'PO-SHARED',
  customerName: 'Alpine Retail Group',
  quantity: '100',
  ...changes,
});
const ALPINE = '0000000008';
const REF = 'CL-900001';
const NUMBER = '0000900001';
const marker = lineMarker(REF);
const header = { soNo: NUMBER, custNo: ALPINE, poNo: 'PO-SHARED', note: marker };
const line = {
  ...{ soNo: NUMBER, partNumber: 'BRO-A4-16', revision: 'A', quantity: '100', unitOfMeasure: 'EACH' },
  ...{ description: 'Brochure A4', note: marker },
};

const decide = (story: Story, choice: string) =>
  world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice, by: 'olga' }] });
const answered = (progress: Progress): boolean => progress.decisions.length === 0;
const tasksOf = ({ tasks }: Progress): string => tasks.map(({ task }) => task).join('\n');

const byText = (left: readonly string[], right: readonly string[]): number => left.join().localeCompare(right.join());

/** What ManEx holds: number, customer, note, and the quantities of its lines. */
async function held() {
  const { manex: shown } = await world.sandbox.ledger();
  return shown.salesOrders
    .map((order) => [
      order.SONO,
      order.CUSTNO,
      order.SONOTE,
      order.SODETAILList.map((detail) => Number(detail['ORD_QTY'])).join(),
    ])
    .toSorted(byText);
}

describe.each([
  [
    'two buyers with one PO number',
    listed('BL-900001', { customerName: 'Borealis Foods', quantity: '70' }),
    '0000000009',
  ],
  ['two orders of one buyer with one PO number', listed('CL-900001-A', { quantity: '70' }), ALPINE],
])('%s and the same digits', (_what, other, custNo) => {
  it('get a sales order and warehouse orders each, and a despatch counts for one of them', async () => {
    const [one, two] = await open([listed(REF), other]);
    if (one === undefined || two === undefined) throw new Error('there are two');
    await world.poll();
    const both = [await one.allocated(), await two.allocated()];
    const numbers = both.map(({ documents }) => documents.manex.soNo);
    // Whichever was quicker has the digits.
    expect(numbers).toContain(NUMBER);
    const [first, second] = [numbers[0] === NUMBER ? one : two, numbers[0] === NUMBER ? two : one];
    expect(new Set(numbers)).toEqual(new Set([NUMBER, salesOrderNumber(second.orderRef, 1)]));
    expect(await held()).toEqual(
      [
        [numbers[0] ?? '', ALPINE, lineMarker(REF), '100'],
        [numbers[1] ?? '', custNo, lineMarker(other.orderRef), '70'],
      ].toSorted(byText),
    );
    await first.despatch();
    const [left, stayed] = await Promise.all(
      [first, second].map((story) => world.order(story.orderRef).query(progressQuery)),
    );
    expect([left?.totals.despatched, stayed?.totals.despatched]).toEqual([left?.totals.ordered, '0']);
    await second.despatch();
  });
});

describe('a sales order that stands under the number before it is sent', () => {
  it('is left alone where nothing says that it is ours, though customer and PO number agree', async () => {
    const [story] = await open([listed(REF)]);
    await manex.soAdd({ ...header, note: 'by telephone' });
    await world.poll();
    const { documents } = (await story?.allocated()) ?? {};
    expect(documents?.manex.soNo).toBe(salesOrderNumber(REF, 1));
    expect((await held())[0]).toEqual([NUMBER, ALPINE, 'by telephone', '']);
  });

  it('is not called adopted where the answer to ours was lost and what is found is another customer’s', async () => {
    const [story] = await open([listed(REF)]);
    await manex.soAdd({ ...header, custNo: '0000000009', note: 'by telephone' });
    await world.sandbox.fault({ vendor: 'manex', operation: 'SO/Add', fault: '503' });
    await world.poll();
    const { steps, documents } = (await story?.allocated()) ?? {};
    expect(documents?.manex.soNo).toBe(salesOrderNumber(REF, 1));
    const told = steps?.map(({ text }) => text).join('\n');
    expect(told).toContain(`found to be another's: create sales order ${NUMBER} in ManEx`);
    expect(told).not.toContain('adopted');
  });

  it('is adopted from an earlier life of the order where marker and content agree', async () => {
    const [story] = await open([listed(REF)]);
    await manex.soAdd(header);
    await manex.itemAdd(line);
    await world.poll();
    const { documents, audit } = (await story?.allocated()) ?? {};
    expect([documents?.manex.soNo, audit]).toEqual([NUMBER, []]);
    expect(await held()).toEqual([[NUMBER, ALPINE, marker, '100']]);
  });

  it('is asked about with our marker and other content, and gone on with once that is put right', async () => {
    const [story] = await open([listed(REF)]);
    if (story === undefined) throw new Error('there is one');
    await manex.soAdd({ ...header, poNo: 'PO-OTHER' });
    await world.poll();
    const asked = await story.decision('mismatch');
    expect(asked.question).toContain("its PO number is 'PO-OTHER', ours 'PO-SHARED'");
    expect(asked.choices).toEqual([
      'look again',
      'it is ours: go on with it',
      'it belongs to another: take the next number',
      'give up',
    ]);
    await manex.soEdit(header);
    await decide(story, 'look again');
    await story.allocated();
    expect(await held()).toEqual([[NUMBER, ALPINE, marker, '100']]);
  });

  it('is not adopted where it is cancelled, and undone only as far as it is ours', async () => {
    const [story] = await open([listed(REF)]);
    if (story === undefined) throw new Error('there is one');
    await manex.soAdd({ ...header, note: `CANCELLED ${marker}` });
    await world.poll();
    const asked = await story.decision('mismatch');
    expect(asked.choices).toEqual(['look again', 'it belongs to another: take the next number', 'give up']);
    await decide(story, 'it belongs to another: take the next number');
    const { documents } = await story.allocated();
    expect(documents.manex.soNo).toBe(salesOrderNumber(REF, 1));
    expect((await held())[0]).toEqual([NUMBER, ALPINE, `CANCELLED ${marker}`, '']);
  });
});

describe('a sales order whose answer was lost and whose note ManEx did not keep', () => {
  const unnoted = async (): Promise<Story> => {
    const [story] = await open([listed(REF)], '3 seconds');
    if (story === undefined) throw new Error('there is one');
    await world.sandbox.fault({ vendor: 'manex', operation: 'SO/Add', fault: 'drop', times: 1 });
    await world.poll();
    await world.untilLedger(({ manex: shown }) => shown.salesOrders.length === 1);
    await manex.soEdit({ ...header, note: '' });
    expect((await story.decision('mismatch')).question).toContain('its note does not begin with our marker');
    return story;
  };

  it('is gone on with where a person says it is ours, and carries our marker then', async () => {
    const story = await unnoted();
    await decide(story, 'it is ours: go on with it');
    expect(tasksOf(await story.allocated())).toContain(`sales order ${NUMBER} was said to be that of ${REF}`);
    expect(await held()).toEqual([[NUMBER, ALPINE, marker, '100']]);
  });

  it('is left alone where a person says that it belongs to another', async () => {
    const story = await unnoted();
    await decide(story, 'it belongs to another: take the next number');
    await story.allocated();
    expect((await held())[0]).toEqual([NUMBER, ALPINE, '', '']);
  });

  it('is a task where the order is given up, because nothing shows that it is ours to withdraw', async () => {
    const story = await unnoted();
    await decide(story, 'give up');
    const result = await story.result();
    expect([result.stage, tasksOf(result)]).toEqual([
      'cancelled',
      expect.stringContaining(`cancel sales order ${NUMBER} by hand if it is that of ${REF}`),
    ]);
    expect(await held()).toEqual([[NUMBER, ALPINE, '', '']]);
  });
});

it('never adds a second line where ManEx did not keep the note of one whose answer was lost', async () => {
  const [story] = await open([listed(REF)], '3 seconds');
  if (story === undefined) throw new Error('there is one');
  await world.sandbox.fault({ vendor: 'manex', operation: 'SO/ItemADD', fault: 'drop', times: 1 });
  await world.poll();
  await world.untilLedger(({ manex: shown }) => shown.salesOrders[0]?.SODETAILList.length === 1);
  const [added] = (await manex.soGet({ soNo: NUMBER }))?.lines ?? [];
  await manex.itemEdit({ soNo: NUMBER, uniqueLn: added?.uniqueLn ?? '', note: '' });
  await story.decision('unknown-outcome');
  await decide(story, 'it happened');
  const { documents } = await world.until(REF, (now) => answered(now) && now.documents.manex.uniqueLn !== null);
  expect(documents.manex.uniqueLn).toBe(added?.uniqueLn);
  await story.allocated();
  expect(await held()).toEqual([[NUMBER, ALPINE, marker, '100']]);
});

it('lists such a line where the order is given up, because nothing shows that it is ours to delete', async () => {
  const [story] = await open([listed(REF)], '3 seconds');
  if (story === undefined) throw new Error('there is one');
  await world.sandbox.fault({ vendor: 'manex', operation: 'SO/ItemADD', fault: 'drop', times: 1 });
  await world.poll();
  await world.untilLedger(({ manex: shown }) => shown.salesOrders[0]?.SODETAILList.length === 1);
  const [added] = (await manex.soGet({ soNo: NUMBER }))?.lines ?? [];
  await manex.itemEdit({ soNo: NUMBER, uniqueLn: added?.uniqueLn ?? '', note: '' });
  await story.decision('unknown-outcome');
  await decide(story, 'give up');
  expect(tasksOf(await story.result())).toContain(`delete the line of sales order ${NUMBER} by hand if it is that of`);
  expect(await held()).toEqual([[NUMBER, ALPINE, `CANCELLED ${marker}`, '100']]);
});

it('asks about an item that only its content tells from others before it adds one to a sales order that stood', async () => {
  const [story] = await open([listed(REF)]);
  if (story === undefined) throw new Error('there is one');
  await manex.soAdd(header);
  await manex.itemAdd({ ...line, note: 'as agreed' });
  await world.poll();
  expect((await story.decision('mismatch')).question).toContain('lines without our marker: 1');
  await decide(story, 'it is ours: go on with it');
  const { facts } = await story.decision('unknown-outcome');
  expect(facts).toContainEqual({ label: 'scheduled at', value: 'not by this workflow run' });
  await decide(story, 'it happened');
  await story.allocated();
  expect(await held()).toEqual([[NUMBER, ALPINE, marker, '100']]);
});

it('changes the agreed price of several, lists one that is not there, and a due date that somebody moved', async () => {
  const [story] = await open([listed(REF)]);
  if (story === undefined) throw new Error('there is one');
  await world.poll();
  await story.allocated();
  const [standing] = (await manex.soGet({ soNo: NUMBER }))?.lines ?? [];
  const { uniqueLn = '' } = standing ?? {};
  await manex.priceAdd({ soNo: NUMBER, uniqueLn, price: '9.99', saleTypeId: 'RESTOCKING' });
  const amend = async (unitPrice: string, requiredDate: string) => {
    const before = await world.order(REF).query(orderQuery);
    const deliveries = before.deliveries.map((delivery) => ({ ...delivery, requiredDate }));
    const net = (Number(before.quantity) * Number(unitPrice)).toFixed(2);
    const order = { ...before, unitPrice, net, deliveries };
    await world.order(REF).executeUpdate(amendUpdate, { args: [{ order, by: 'olga' }] });
    await story.decision('approval');
    await world.order(REF).executeUpdate(decideUpdate, { args: [{ choice: 'approve', by: 'anna' }] });
  };
  const prices = async (): Promise<string[]> =>
    (await world.sandbox.ledger()).manex.salesOrders.flatMap(({ SODETAILList }) =>
      SODETAILList.flatMap(({ SOPRICESList }) => SOPRICESList.map(({ PRICE }) => PRICE)),
    );
  await amend('0.90', '2099-01-26T12:00:00Z');
  await world.untilLedger(({ calls }) => calls.some(({ operation }) => operation === 'SO/PriceEdit'));
  expect(await prices()).toEqual(['0.9', '9.99']);
  const [ours] = standing?.prices ?? [];
  await manex.priceEdit({ soNo: NUMBER, uniqueLn, plPriceLnk: ours?.plPriceLnk ?? '', price: '0.91' });
  const [due] = standing?.dueDates ?? [];
  const moved = { dueDate: '2099-02-10', shipDate: '2099-02-09', quantity: '100' };
  await manex.dueDateEdit({ soNo: NUMBER, uniqueLn, dueDtUniq: due?.dueDtUniq ?? '', ...moved });
  await amend('0.95', '2099-01-28T12:00:00Z');
  const told = tasksOf(await world.until(REF, ({ tasks }) => tasks.some(({ task }) => task.includes('0.95'))));
  expect(told).toContain('from 0.90 to 0.95 by hand; its line shows 0.91, 9.99');
  expect(told).toContain('shows no due date 2099-01-26 (100, delivery CL-900001-1) any more');
  expect(await prices()).toEqual(['0.91', '9.99']);
});
