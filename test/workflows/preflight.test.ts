import { decideUpdate } from '../../workflows/case/messages';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;
let story: Story;

beforeEach(async () => {
  world = await World.open({ orders: 1 });
  story = await Story.of(world, 0);
});
afterEach(async () => {
  await world.replayed();
  await world.close();
});

const amend = (set: object) => world.sandbox.world({ amend: { orderRef: story.orderRef, set } });

const decide = (choice: string, decision: string) =>
  world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice, by: 'olga', decision }] });

const salesOrders = async () => (await world.sandbox.ledger()).manex.salesOrders;

/** Nothing stands in ManEx or NorthScope, and the order is not marked. */
async function expectNothingWritten(): Promise<void> {
  const { claritum, manex, northscope } = await world.sandbox.ledger();
  expect([manex.salesOrders, northscope.inbound, claritum.goodsReceipts]).toEqual([[], [], []]);
  expect(claritum.purchaseOrders.map(({ exported }) => exported)).toEqual([false]);
}

it('asks about a PO number of 60 before anything is placed, and goes on with the one the buyer corrects it to', async () => {
  await amend({ poNumber: 'P'.repeat(60) });
  await world.poll();
  const asked = await story.decision('unmapped-record');
  expect(asked.question).toContain('nothing of it was sent');
  expect(asked.facts.map(({ value }) => value)).toEqual([
    expect.stringContaining('has 60 characters, and NorthScope takes at most 50 as its PurchaseOrder'),
  ]);
  await expectNothingWritten();
  await decide('try again', asked.id);
  const again = await world.until(
    story.orderRef,
    ({ decisions: [open] }) => open !== undefined && open.id !== asked.id,
  );
  expect(again.decisions).toMatchObject([{ kind: 'unmapped-record' }]);
  await expectNothingWritten();
  await amend({ poNumber: 'PO-CORRECTED' });
  await world.poll();
  await story.allocated();
  const { manex, northscope } = await world.sandbox.ledger();
  expect(manex.salesOrders).toMatchObject([{ PONO: 'PO-CORRECTED' }]);
  expect(JSON.stringify(northscope.inbound)).toContain('PO-CORRECTED');
  expect((await story.progress()).decisions).toEqual([]);
});

it('goes straight through with a title of 300, and with one of two lines: what people read is cleaned and cut', async () => {
  await amend({ projectTitle: `Leaflet\nsecond\tline ${'T'.repeat(300)}` });
  await world.poll();
  await story.allocated();
  const [order] = await salesOrders();
  const description = `Leaflet second line ${'T'.repeat(300)}`.slice(0, 45);
  expect(order?.SODETAILList).toMatchObject([{ Sodet_Desc: description }]);
  expect((await story.progress()).audit).toEqual([]);
});

it('begins anew with the PO number that the buyer corrects while ManEx refuses the header', async () => {
  await world.sandbox.fault({ vendor: 'manex', operation: 'SO/Add', fault: 'refused-by-vendor', times: 1 });
  await world.poll();
  const refused = await story.decision('refused-call');
  await amend({ poNumber: 'PO-CORRECTED' });
  await world.poll();
  await decide('try again', refused.id);
  await story.allocated();
  expect(await salesOrders()).toMatchObject([{ PONO: 'PO-CORRECTED' }]);
});

it('undoes what stands in ManEx where a later call is refused and the order amended, and begins anew', async () => {
  await world.sandbox.fault({ vendor: 'manex', operation: 'SO/PriceAdd', fault: 'refused-by-vendor', times: 1 });
  await world.poll();
  const refused = await story.decision('refused-call');
  await amend({ unitPrice: '0.85', quantity: 40 });
  await world.poll();
  await decide('try again', refused.id);
  const { totals, documents } = await story.allocated();
  expect(totals.ordered).toBe('40');
  const orders = await salesOrders();
  expect(orders.filter(({ SODETAILList }) => SODETAILList.length > 0)).toMatchObject([
    { SONO: documents.manex.soNo, SODETAILList: [{ ORD_QTY: '40', SOPRICESList: [{ PRICE: '0.85' }] }] },
  ]);
  expect(orders.filter(({ SODETAILList }) => SODETAILList.length === 0)).toMatchObject([
    { SONOTE: expect.stringMatching(/^CANCELLED/) as string },
  ]);
});

it('sends the title as it then stands, where it was corrected while ManEx refused the line', async () => {
  await world.sandbox.fault({ vendor: 'manex', operation: 'SO/ItemADD', fault: 'refused-by-vendor', times: 1 });
  await world.poll();
  const refused = await story.decision('refused-call');
  await amend({ projectTitle: 'Corrected title' });
  await world.poll();
  await decide('try again', refused.id);
  await story.allocated();
  expect(await salesOrders()).toMatchObject([{ SODETAILList: [{ Sodet_Desc: 'Corrected title' }] }]);
});

it('asks about what stands in the order at each try: an amendment during the look-up is not asked about as it was', async () => {
  await amend({ productCode: 'NOBODY-KNOWS' });
  await world.sandbox.fault({ vendor: 'northscope', operation: 'ListSites', fault: 'slow', ms: 2_000, times: 1 });
  await world.poll();
  await world.until(story.orderRef, ({ steps }) => steps.some(({ text }) => text.includes('documents')));
  await amend({ poNumber: 'P'.repeat(60) });
  await world.poll();
  const asked = await story.decision('unmapped-record');
  expect(asked.facts.map(({ value }) => value).join()).toContain('has 60 characters');
  await amend({ poNumber: 'PO-1', productCode: 'BRO-A4-16' });
  await world.poll();
  await story.allocated();
});

it('tells the warehouse the number that the buyer changed after its orders were placed', async () => {
  await world.poll();
  const { documents, totals } = await story.allocated();
  const before = documents.claritum.poNumber;
  await amend({ poNumber: 'PO-CHANGED', projectTitle: 'Changed title' });
  await world.poll();
  const { tasks } = await world.until(story.orderRef, (now) => now.tasks.length > 0);
  const [placed] = documents.northscope.orders;
  expect(tasks.map(({ task }) => task)).toEqual([
    `NorthScope: change PONumber of order ${placed?.orderId} from ${before} to PO-CHANGED, by hand; its API offers no way`,
  ]);
  expect(await salesOrders()).toMatchObject([
    { PONO: 'PO-CHANGED', SODETAILList: [{ Sodet_Desc: 'Changed title', ORD_QTY: totals.ordered }] },
  ]);
});

it('holds an amendment of a placed order against the limits too, before anything of it is sent', async () => {
  await world.poll();
  await story.allocated();
  const before = await salesOrders();
  await amend({ poNumber: 'P'.repeat(60), quantity: 500 });
  await world.poll();
  const asked = await story.decision('unmapped-record');
  expect(asked.question).toContain('This amendment cannot be placed as it stands, and nothing of it was sent');
  expect(asked.choices).toEqual(['try again', 'keep it as it was', 'give up']);
  expect(await salesOrders()).toEqual(before);
  await decide('keep it as it was', asked.id);
  await world.until(story.orderRef, ({ tasks }) => tasks.some(({ task }) => task.includes('is not carried out')));
  expect(await salesOrders()).toEqual(before);
});
