import { orderPolicy } from '../../src/domain/case/policy';
import { Fulfilment } from '../../workflows/purchase-order/fulfilment';
import { openOrder } from '../../workflows/purchase-order/state';
import { policy, purchaseOrder } from '../domain/examples';

// The order's own code runs; what it shows to the Web UI has no engine here.
jest.mock('@temporalio/workflow', (): object => ({
  ...jest.requireActual<object>('@temporalio/workflow'),
  setCurrentDetails: () => undefined,
  upsertSearchAttributes: () => undefined,
}));

const order = (): Fulfilment =>
  new Fulfilment(openOrder(purchaseOrder()), orderPolicy(policy()), () =>
    Promise.reject(new Error('not in this test')),
  );

const MORE = 'there are more tasks than can be listed: read the history of this workflow for the rest';

/** An order with as many tasks as are listed, and one more under this key. */
function full(key?: string): Fulfilment {
  const filled = order();
  for (let task = 1; task < 1_500; task += 1) filled.task(`task ${task}`, `key-${task}`);
  filled.task('one too many', key);
  return filled;
}

describe('a list of tasks that is full', () => {
  it('says so in its last entry, and loses none that it had', () => {
    const { tasks } = full().state;
    expect(tasks).toHaveLength(1_500);
    expect(tasks.at(-2)?.task).toBe('task 1499');
    expect(tasks.at(-1)).toMatchObject({ id: 'task-1500', task: MORE });
  });

  it('keeps saying so when what was not listed comes again under its key, or is taken back', () => {
    const filled = full('surplus');
    filled.task('one too many, and more by now', 'surplus');
    filled.task('another', 'another');
    expect(filled.untask('surplus')).toBe(false);
    expect(filled.state.tasks.filter(({ task }) => task === MORE)).toMatchObject([{ id: 'task-1500' }]);
    expect(filled.state.tasks).toHaveLength(1_500);
  });

  it('changes what is listed under its key', () => {
    const filled = full();
    filled.task('as it is now', 'key-7');
    expect(filled.state.tasks[6]).toMatchObject({ id: 'task-7', task: 'as it is now' });
  });

  it('says so anew once somebody has ticked that off', () => {
    const filled = full();
    filled.tickOff({ task: 'task-1500', by: 'olga' });
    filled.task('another');
    expect(filled.state.tasks.at(-1)).toMatchObject({ id: 'task-1501', task: MORE });
    expect(filled.state.tasks).toHaveLength(1_500);
  });
});
