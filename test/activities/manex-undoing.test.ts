import { FailureType } from '../../src/domain/case/failure-types';
import { attempt, failureOf, run } from './attempt';
import { eventually } from '../sandbox/http-caller';
import { openManEx, type ManExAtWork } from './manex-sandbox';

let manex: ManExAtWork;
beforeAll(async () => {
  manex = await openManEx();
});
afterAll(() => manex.close());

const undos = ['removeDueDates', 'removePrices', 'removeSalesOrderLine'] as const;
const deletions = {
  removeDueDates: 'SO/DueDateDelete',
  removePrices: 'SO/PriceDelete',
  removeSalesOrderLine: 'SO/ItemDelete',
};

/** How much of our line ManEx holds: lines, prices, due dates. */
async function held(soNo: string): Promise<readonly [number, number, number]> {
  const lines = (await manex.held(soNo)).flatMap(({ SODETAILList }) => SODETAILList);
  return [
    lines.length,
    lines.flatMap(({ SOPRICESList }) => SOPRICESList).length,
    lines.flatMap(({ DueDateList }) => DueDateList).length,
  ];
}
const left = {
  removeDueDates: [1, 1, 0],
  removePrices: [1, 0, 2],
  removeSalesOrderLine: [0, 0, 0],
} as const;

describe.each(undos)('%s', (undo) => {
  it('deletes what ManEx shows of ours, and finds nothing left to do the second time', async () => {
    const { soNo, marker } = await manex.whole();
    expect(await held(soNo)).toEqual([1, 1, 2]);
    await run(manex.activities[undo], { soNo, marker });
    expect(await held(soNo)).toEqual(left[undo]);
    const before = await manex.calls(soNo);
    await run(manex.activities[undo], { soNo, marker });
    const second = (await manex.calls(soNo)).slice(before.length);
    expect(second.map(([operation]) => operation)).not.toContain(deletions[undo]);
  });

  it('is repeated until it is certain: a lost answer is unknown, the next attempt sees for itself', async () => {
    const { soNo, marker } = await manex.whole();
    await manex.fault(soNo, { operation: deletions[undo], fault: 'drop' });
    const failure = await failureOf(run(manex.activities[undo], { soNo, marker }));
    expect([failure.type, failure.nonRetryable]).toEqual([FailureType.OutcomeUnknown, false]);
    await run(manex.activities[undo], { soNo, marker });
    expect(await held(soNo)).toEqual(left[undo]);
  });

  it('takes a deletion that an earlier attempt made late for its own', async () => {
    const { soNo, marker } = await manex.whole();
    // The look of the second attempt comes before the late effect of the first, its deletion after it.
    await manex.fault(soNo, { operation: deletions[undo], fault: 'late', ms: 300 });
    await manex.fault(soNo, { operation: 'SO/Get', fault: 'slow', ms: 700, after: 1 });
    await failureOf(attempt({ startToCloseMs: 1_800 }).run(manex.activities[undo], { soNo, marker }));
    await run(manex.activities[undo], { soNo, marker });
    expect(await held(soNo)).toEqual(left[undo]);
  });

  it('leaves an order that is not there, and lines that are not ours, alone', async () => {
    const { soNo } = await manex.whole();
    await run(manex.activities[undo], { soNo, marker: '[waybill somebody else]' });
    await run(manex.activities[undo], { soNo: '9999999999', marker: 'waybill PO-1' });
    expect(await held(soNo)).toEqual([1, 1, 2]);
  });

  it('leaves lines alone that quote our marker or begin with a longer one', async () => {
    const order = manex.fresh();
    await run(manex.activities.placeSalesOrder, order.header);
    for (const note of [`as ${order.marker}`, order.marker.replace(']', '0]')]) {
      await run(manex.activities.addSalesOrderLine, { ...manex.item(order), marker: note });
    }
    await run(manex.activities[undo], order);
    expect((await held(order.soNo))[0]).toBe(2);
  });

  it('finds the line by its key where ManEx did not keep its note', async () => {
    const { soNo, uniqueLn } = await manex.whole();
    await run(manex.activities[undo], { soNo, marker: '[waybill lost]', uniqueLn });
    expect(await held(soNo)).toEqual(left[undo]);
  });

  it('also finds a second line, from a call whose outcome nobody knew', async () => {
    const order = await manex.whole();
    await run(manex.activities.addSalesOrderLine, manex.item(order));
    await run(manex.activities[undo], order);
    expect((await held(order.soNo))[0]).toBe(undo === 'removeSalesOrderLine' ? 0 : 2);
  });
});

describe('withdrawSalesOrder', () => {
  it('says in the note that the order is cancelled, because a header cannot be deleted', async () => {
    const { soNo, marker } = await manex.whole();
    const withdrawal = { soNo, marker, note: `CANCELLED ${marker}` };
    await run(manex.activities.withdrawSalesOrder, withdrawal);
    await run(manex.activities.withdrawSalesOrder, withdrawal);
    expect(await manex.held(soNo)).toMatchObject([{ SONOTE: `CANCELLED ${marker}` }]);
  });

  it('touches no header of somebody else, and asks nothing of one that is not there', async () => {
    const { soNo, marker } = await manex.whole();
    const note = `CANCELLED ${marker}`;
    for (const other of ['[waybill somebody else]', marker.replace(']', '0]')]) {
      await run(manex.activities.withdrawSalesOrder, { soNo, marker: other, note });
      await run(manex.activities.withdrawSalesOrder, { soNo, marker: other, note, isOurs: true });
    }
    await run(manex.activities.withdrawSalesOrder, { soNo: '9999999999', marker, note });
    expect(await manex.held(soNo)).toMatchObject([{ SONOTE: marker }]);
  });

  it('takes a PO number for no proof, and a header without our marker for ours only where that is known', async () => {
    const { soNo, header, marker } = manex.fresh();
    await run(manex.activities.placeSalesOrder, { ...header, note: '' });
    const note = `CANCELLED ${marker}`;
    await run(manex.activities.withdrawSalesOrder, { soNo, marker, note });
    expect(await manex.held(soNo)).toMatchObject([{ SONOTE: '' }]);
    await run(manex.activities.withdrawSalesOrder, { soNo, marker, note, isOurs: true });
    expect(await manex.held(soNo)).toMatchObject([{ SONOTE: note }]);
  });
});

it('leaves nothing of an order but a cancelled header, whatever answers were lost on the way', async () => {
  const { soNo, marker } = await manex.whole();
  for (const undo of undos) {
    await manex.fault(soNo, { operation: deletions[undo], fault: 'drop' });
    await eventually(async () => {
      const end = await run(manex.activities[undo], { soNo, marker }).then(
        () => 'done',
        () => undefined,
      );
      return end;
    });
  }
  await run(manex.activities.withdrawSalesOrder, { soNo, marker, note: 'CANCELLED' });
  expect(await held(soNo)).toEqual([0, 0, 0]);
  expect(await manex.held(soNo)).toMatchObject([{ SONOTE: 'CANCELLED' }]);
});
