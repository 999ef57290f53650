import { FailureType } from '../../src/domain/case/failure-types';
import { createManExActivities } from '../../activities/manex';
import { ManExClient } from '../../src/vendors/manex/client';
import { attempt, factsOf, failureOf, run } from './attempt';
import { API_KEY, CUSTOMER, openManEx, type ManExAtWork } from './manex-sandbox';

let manex: ManExAtWork;
beforeAll(async () => {
  manex = await openManEx();
});
afterAll(() => manex.close());

describe('placing the header', () => {
  it('creates it under our own number', async () => {
    const { soNo, header } = manex.fresh();
    await expect(run(manex.activities.placeSalesOrder, header)).resolves.toEqual({ kind: 'placed' });
    expect(await manex.held(soNo)).toMatchObject([{ SONO: soNo, PONO: header.poNo, SONOTE: header.note }]);
  });

  it.each([
    ['ours', {}],
    ["somebody else's", { poNo: 'THEIRS', note: 'their own' }],
  ])(
    'says that the number is taken, and changes nothing, where an order stands that is %s',
    async (_whose, changes) => {
      const { soNo, header } = manex.fresh();
      await run(manex.activities.placeSalesOrder, { ...header, ...changes });
      const before = await manex.held(soNo);
      await expect(run(manex.activities.placeSalesOrder, header)).resolves.toEqual({ kind: 'taken' });
      expect(await manex.held(soNo)).toEqual(before);
      expect(await manex.calls(soNo)).toEqual([
        ['SO/Add', 1],
        ['SO/Add', 0],
      ]);
    },
  );

  it('does not know what became of a lost answer, and is refused where it took effect', async () => {
    const { soNo, header } = manex.fresh();
    await manex.fault(soNo, { operation: 'SO/Add', fault: 'drop' });
    const failure = await failureOf(run(manex.activities.placeSalesOrder, header));
    expect([failure.type, failure.nonRetryable]).toEqual([FailureType.OutcomeUnknown, false]);
    expect(factsOf(failure)).toMatchObject({ vendor: 'manex', operation: 'SO/Add' });
    await expect(run(manex.activities.placeSalesOrder, header)).resolves.toEqual({ kind: 'taken' });
    expect(await manex.held(soNo)).toHaveLength(1);
  });

  it('is refused for a customer ManEx does not have, once and for all', async () => {
    const { soNo, header } = manex.fresh();
    const failure = await failureOf(run(manex.activities.placeSalesOrder, { ...header, custNo: '0000000999' }));
    expect([failure.type, failure.nonRetryable]).toEqual([FailureType.VendorRejected, true]);
    expect(factsOf(failure).code).toBe('CUSTOMER_NOT_FOUND');
    expect(await manex.held(soNo)).toEqual([]);
  });
});

describe('the ends of a writing call', () => {
  it.each([
    ['refuse', FailureType.OutcomeUnknown, 0],
    ['malformed', FailureType.OutcomeUnknown, 1],
    ['empty', FailureType.OutcomeUnknown, 1],
    ['503', FailureType.OutcomeUnknown, 1],
    ['wrong-answer', FailureType.OutcomeUnknown, 1],
    ['refused-by-vendor', FailureType.VendorRejected, 0],
  ])('after the fault %s it is %s', async (fault, type, orders) => {
    const { soNo, header } = manex.fresh();
    await manex.fault(soNo, { operation: 'SO/Add', fault });
    const failure = await failureOf(run(manex.activities.placeSalesOrder, header));
    expect(failure.type).toBe(type);
    expect(await manex.held(soNo)).toHaveLength(orders);
  });

  it('waits as long as ManEx asks', async () => {
    const { soNo, header } = manex.fresh();
    await manex.fault(soNo, { operation: 'SO/Add', fault: '429' });
    const failure = await failureOf(run(manex.activities.placeSalesOrder, header));
    expect([failure.type, failure.nextRetryDelay]).toEqual([FailureType.VendorThrottled, 2_000]);
    expect(await manex.held(soNo)).toEqual([]);
  });

  it('sends nothing from an attempt that is too old', async () => {
    const { soNo, header } = manex.fresh();
    const old = attempt({ startToCloseMs: 30_000, scheduledMsAgo: 20_001 });
    const failure = await failureOf(old.run(manex.activities.placeSalesOrder, header));
    expect(failure.type).toBe(FailureType.VendorUnavailable);
    expect(await manex.calls(soNo)).toEqual([]);
  });

  it('tells nothing of the key, though it stands in every address', async () => {
    const nobody = createManExActivities(new ManExClient({ endpoint: 'http://127.0.0.1:9', apiKey: API_KEY }));
    const { soNo } = manex.fresh();
    const unreached = await failureOf(run(nobody.placeSalesOrder, { soNo, custNo: CUSTOMER, poNo: 'A', note: '' }));
    expect(unreached.type).toBe(FailureType.VendorUnavailable);
    expect(`${unreached.message} ${unreached.stack} ${JSON.stringify(unreached.details)}`).not.toContain(API_KEY);
  });
});

describe('adding the line', () => {
  it('reads back the key that ManEx gave it', async () => {
    const { soNo, uniqueLn, marker } = await manex.withLine();
    expect(await manex.held(soNo)).toMatchObject([
      { SODETAILList: [{ UNIQUELN: uniqueLn, NOTE: marker, ORD_QTY: '10', UOFMEAS: 'BOX' }] },
    ]);
  });

  it.each(['drop', '500', '429', 'refused-by-vendor'])(
    'never takes a read-back that ends in %s for a line that was not added',
    async (fault) => {
      const order = manex.fresh();
      await run(manex.activities.placeSalesOrder, order.header);
      await manex.fault(order.soNo, { operation: 'SO/Get', fault });
      const failure = await failureOf(run(manex.activities.addSalesOrderLine, manex.item(order)));
      expect([failure.type, factsOf(failure).code]).toEqual([FailureType.OutcomeUnknown, 'NOT_READ_BACK']);
      expect(await manex.held(order.soNo)).toMatchObject([{ SODETAILList: [{ NOTE: order.marker }] }]);
    },
  );

  it('does not know what became of a lost answer; the line is found by its marker', async () => {
    const order = manex.fresh();
    await run(manex.activities.placeSalesOrder, order.header);
    await manex.fault(order.soNo, { operation: 'SO/ItemADD', fault: 'drop' });
    const failure = await failureOf(run(manex.activities.addSalesOrderLine, manex.item(order)));
    expect(failure.type).toBe(FailureType.OutcomeUnknown);
    const found = await run(manex.activities.findSalesOrder, { soNo: order.soNo });
    expect(found?.lines.map(({ note }) => note)).toEqual([order.marker]);
  });

  it('is refused where there is no such order', async () => {
    const failure = await failureOf(run(manex.activities.addSalesOrderLine, manex.item(manex.fresh())));
    expect([failure.type, failure.nonRetryable]).toEqual([FailureType.VendorRejected, true]);
  });
});

describe('finding the order', () => {
  it('shows lines, prices and due dates, and nothing where there is no order', async () => {
    const { soNo, uniqueLn } = await manex.whole();
    const found = await run(manex.activities.findSalesOrder, { soNo });
    expect(found?.lines).toMatchObject([
      {
        uniqueLn,
        prices: [{ price: '42.5' }],
        dueDates: [{ dueDate: '2026-01-22' }, { dueDate: '2026-01-29' }],
      },
    ]);
    await expect(run(manex.activities.findSalesOrder, { soNo: '9999999999' })).resolves.toBeNull();
  });

  it('sets the status of the line at the end, as often as it is sent', async () => {
    const { soNo, uniqueLn } = await manex.whole();
    await run(manex.activities.closeSalesOrderLine, { soNo, uniqueLn });
    await run(manex.activities.closeSalesOrderLine, { soNo, uniqueLn });
    expect(await manex.held(soNo)).toMatchObject([{ SODETAILList: [{ STATUS: 'CLOSED' }] }]);
  });
});
