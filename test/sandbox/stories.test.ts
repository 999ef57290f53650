import { ClaritumSandbox } from '../../src/sandbox/claritum/sandbox';
import { People } from '../../src/sandbox/people';
import { startSandbox } from '../../src/sandbox/server';
import { Stories, storyNames } from '../../src/sandbox/stories';
import type { StoryName } from '../../src/sandbox/stories';
import { CentraCaller, shipment } from './centra-calls';
import { control, eventually } from './http-caller';
import { ISyncCaller, orderXml } from './isync-caller';
import { NorthScopeCaller, soOrder } from './northscope-calls';

let centra: CentraCaller;
let isync: ISyncCaller;
let northscope: NorthScopeCaller;
let people: People;

beforeEach(() => {
  const claritum = new ClaritumSandbox();
  centra = new CentraCaller();
  isync = new ISyncCaller();
  northscope = new NorthScopeCaller();
  const world = { claritum, centra: centra.sandbox, isync: isync.sandbox, northscope: northscope.sandbox };
  people = new People(world, 60_000, () => undefined, new Stories(world));
});
afterEach(() => people.stop());

const steps = (number: number) => {
  for (let step = 0; step < number; step += 1) people.step();
};
const play = (...stories: StoryName[]) => people.play(stories);
/** What Waybill does with an order of the shop: the shop's warehouse is to pack it. */
const take = (id: string) => isync.read('PersistWebSalesOrder', orderXml(['<PONumber>30', `<PONumber>${id}`]));
const shipped = () =>
  isync.list('salesOrders').map(({ PONumber, LineItems }) => {
    const [line] = LineItems as readonly { InvoiceReference: string }[];
    return [PONumber, line?.InvoiceReference];
  });

it('partial-cancel: one of three is taken back when the warehouse has the order, which ships it later', () => {
  play('partial-cancel');
  expect(centra.rows('33')).toEqual({ '76': '3' });
  steps(10);
  expect(centra.rows('33')).toEqual({ '76': '3' });
  take('33');
  steps(6);
  expect([centra.rows('33'), centra.rows('33', 'cancelled')]).toEqual([{ '76': '2' }, { '76': '1' }]);
  expect(shipped()).toEqual([['33', '']]);
  steps(6);
  expect(shipped()).toEqual([['33', 'NW-33']]);
});

it('partial-cancel: ends where the client has shipped the order itself, and leaves it to whoever works there', () => {
  play('partial-cancel');
  take('33');
  expect(centra.order('33', shipment('s', { 76: 3 }, '<shipped>yes</shipped>'))).toMatchObject({ success: 'true' });
  steps(9);
  expect(centra.rows('33', 'cancelled')).toEqual({});
  expect(shipped()).toEqual([['33', 'NW-33']]);
});

it('refund: one of two comes back once the shop has heard that it was shipped', () => {
  play('refund');
  take('33');
  steps(20);
  expect(shipped()).toEqual([['33', 'NW-33']]);
  const refunds = () => JSON.stringify(centra.record('orders', '33')).match(/"refunds":\[\{/g) ?? [];
  expect(refunds()).toHaveLength(0);
  centra.order('33', shipment('s', { 76: 2 }, '<shipped>yes</shipped>'));
  steps(7);
  expect(refunds()).toHaveLength(1);
});

it('back-order: more is sold than there is, and it leaves when more has come', () => {
  play('back-order');
  expect(JSON.stringify(centra.record('orders', '33'))).toContain('"preorder":"yes"');
  take('33');
  steps(5);
  expect(isync.units()).toMatchObject({ 'PRK900NVY-M': '12.00' });
  steps(2);
  expect([isync.units(), shipped()]).toMatchObject([{ 'PRK900NVY-M': '20.00' }, [['33', '']]]);
  steps(6);
  expect(shipped()).toEqual([['33', 'NW-33']]);
});

it('back-order: the warehouse runs short of labels until somebody has waited for them', () => {
  const onHand = () => ['503', '504'].map((lot) => northscope.lot(lot)['OnHandUnits']);
  play('back-order');
  expect(onHand()).toEqual(['30.00000', '30.00000']);
  steps(10);
  expect(onHand()).toEqual(['30.00000', '30.00000']);
  const item = northscope.order('77-1', soOrder('77-1'));
  expect(northscope.allocate({ item, units: '60' }).Success).toBe('false');
  expect(northscope.allocate({ item, units: '30' }).Success).toBe('true');
  steps(8);
  expect(northscope.allocate({ item, units: '120' }).Success).toBe('true');
});

it('the people by themselves leave all that is theirs to the stories, and ship every other order', () => {
  play('partial-cancel');
  take('33');
  take('31');
  steps(3);
  expect(shipped()).toEqual([
    ['31', 'NW-31'],
    ['33', ''],
  ]);
});

describe('asked for by a reset', () => {
  it.each([true, false])('they are played, whether people work (%s) or not, until the next reset', async (works) => {
    const sandbox = await startSandbox({ port: 0, orders: 1, seed: 1, people: works, control: true, peopleDelayMs: 5 });
    const orders = async () => {
      const { value } = await control(sandbox.origin, 'ledger', undefined, 'GET');
      return (value as { centra: { orders: readonly unknown[] } }).centra.orders.length;
    };
    const made = await control(sandbox.origin, 'reset', { orders: 1, stories: storyNames });
    expect(made).toEqual({ status: 200, value: sandbox.references });
    expect(await eventually(async () => ((await orders()) === 4 ? 4 : undefined))).toBe(4);
    await control(sandbox.origin, 'reset', { orders: 1 });
    expect(await orders()).toBe(1);
    expect((await control(sandbox.origin, 'health', undefined, 'GET')).value).toEqual({ ok: true, defects: [] });
    await sandbox.close();
  });

  it.each([[['comedy']], ['refund'], [[1]], [{}]])('%j is none', async (stories) => {
    const sandbox = await startSandbox({ port: 0, orders: 1, seed: 1, people: false, control: true });
    const { status, value } = await control(sandbox.origin, 'reset', { orders: 2, stories });
    expect([status, value]).toEqual([400, { error: expect.stringContaining('partial-cancel refund back-order') }]);
    await sandbox.close();
  });
});
