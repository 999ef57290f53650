import { endOf } from '../sandbox-control';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server';
import { ManExClient } from '../../../src/vendors/manex/client';
import type { Call } from '../../durability/auditor/evidence';
import { askSandbox, readSandboxLedger } from '../../sandbox/ask-sandbox';

let sandbox: Sandbox;
let manex: ManExClient;

const control = (path: string, body?: unknown): Promise<unknown> =>
  askSandbox(sandbox.origin, body === undefined ? 'GET' : 'POST', path, body);

const calls = async (): Promise<readonly Call[]> => (await readSandboxLedger(sandbox.origin)).calls;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 0, seed: 1, people: false, control: true });
  const limits = { deadlineMs: 1_800, idleMs: 1_200, maxBytes: 1024 * 1024 };
  manex = new ManExClient({ endpoint: sandbox.origin, apiKey: '1234567890', limits });
});
beforeEach(() => control('reset', { orders: 0, seed: 1 }));
afterAll(() => sandbox.close());

const order = { soNo: '10231', custNo: '0000000008', poNo: 'PO-1042' };

describe('a ManEx header under faults', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string, number]>([
    ['no fault', {}, 'done', 1],
    ['a connection reset unread', { fault: 'refuse' }, 'OutcomeUnknown', 0],
    ['a lost answer', { fault: 'drop' }, 'OutcomeUnknown', 1],
    ['silence after the effect', { fault: 'timeout' }, 'OutcomeUnknown', 1],
    ['silence without effect', { fault: 'timeout-before' }, 'OutcomeUnknown', 0],
    ['an outage after the effect', { fault: '503', phase: 'after' }, 'OutcomeUnknown', 1],
    ['an outage before it', { fault: '500', phase: 'before' }, 'OutcomeUnknown', 0],
    ['a limit of requests', { fault: '429', retryAfter: '2' }, 'VendorThrottled', 0],
    ['a refusal', { fault: 'refused-by-vendor' }, 'VendorRejected', 0],
    ['half an answer', { fault: 'malformed', phase: 'after' }, 'OutcomeUnknown', 1],
    ['no answer', { fault: 'empty', phase: 'after' }, 'OutcomeUnknown', 1],
    ['another operation’s answer', { fault: 'wrong-answer' }, 'OutcomeUnknown', 1],
  ])('%s', async (_what, fault, expected, effects) => {
    if ('fault' in fault)
      await control('faults', { vendor: 'manex', operation: 'SO/Add', key: '', times: 1, ...fault });
    expect(await endOf(manex.soAdd(order))).toBe(expected);
    const [line, ...others] = await calls();
    expect(line).toMatchObject({ operation: 'SO/Add', effects, fault: fault['fault'] ?? null });
    expect(others).toEqual([]);
    const found = await manex.soGet({ soNo: '10231' });
    expect(found?.poNo).toBe(effects === 1 ? 'PO-1042' : undefined);
  });
});

const key = { soNo: '10231', uniqueLn: 'A6WDVN62YM' };
const dates = { quantity: '1', dueDate: '2026-03-10', shipDate: '2026-03-06' };
const item = { soNo: '10231', partNumber: 'LBL-0071', quantity: '4', unitOfMeasure: 'each', description: 'Label' };
const operations: readonly [string, 'write' | 'read', () => Promise<unknown>][] = [
  ['SO/Add', 'write', () => manex.soAdd(order)],
  ['SO/Edit', 'write', () => manex.soEdit(order)],
  ['SO/Get', 'read', () => manex.soGet({ soNo: '10231' })],
  ['SO/ItemADD', 'write', () => manex.itemAdd(item)],
  ['SO/ItemEdit', 'write', () => manex.itemEdit({ ...key, status: 'Closed' })],
  ['SO/ItemGet', 'read', () => manex.itemGet({ uniqueLn: key.uniqueLn })],
  ['SO/ItemDelete', 'write', () => manex.itemDelete(key)],
  ['SO/PriceAdd', 'write', () => manex.priceAdd({ ...key, price: '1', saleTypeId: 'OTHER' })],
  ['SO/PriceEdit', 'write', () => manex.priceEdit({ ...key, price: '1', plPriceLnk: 'GAWG8ODL6Q' })],
  ['SO/PriceGet', 'read', () => manex.priceGet({ uniqueLn: key.uniqueLn })],
  ['SO/PriceDelete', 'write', () => manex.priceDelete({ ...key, plPriceLnk: 'GAWG8ODL6Q' })],
  ['SO/DueDateAdd', 'write', () => manex.dueDateAdd({ ...key, ...dates })],
  ['SO/DueDateEdit', 'write', () => manex.dueDateEdit({ ...key, ...dates, dueDtUniq: '_3X60YA22D' })],
  ['SO/DueDateGet', 'read', () => manex.dueDateGet({ dueDtUniq: '_3X60YA22D' })],
  ['SO/DueDateDelete', 'write', () => manex.dueDateDelete({ dueDtUniq: '_3X60YA22D' })],
];

describe.each(operations)('%s', (operation, effect, call) => {
  it.each(['malformed', 'empty', 'wrong-answer'])(`takes no %s answer for its own`, async (fault) => {
    await control('faults', { vendor: 'manex', operation, key: '', fault, times: 1, phase: 'after' });
    expect(await endOf(call())).toBe(effect === 'write' ? 'OutcomeUnknown' : 'MalformedResponse');
    expect(await calls()).toMatchObject([{ operation, fault }]);
  });
});
