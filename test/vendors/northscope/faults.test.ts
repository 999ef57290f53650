import { endOf } from '../sandbox-control';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server';
import { NorthScopeClient } from '../../../src/vendors/northscope/client';
import { equals } from '../../../src/vendors/northscope/where-clause';
import type { Call } from '../../durability/auditor/evidence';
import { askSandbox, readSandboxLedger } from '../../sandbox/ask-sandbox';

let sandbox: Sandbox;
let northscope: NorthScopeClient;

const control = (path: string, body?: unknown): Promise<unknown> =>
  askSandbox(sandbox.origin, body === undefined ? 'GET' : 'POST', path, body);
const calls = async (): Promise<readonly Call[]> => (await readSandboxLedger(sandbox.origin)).calls;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 0, seed: 1, people: false, control: true });
});
beforeEach(async () => {
  await control('reset', { orders: 0, seed: 1 });
  northscope = new NorthScopeClient({
    endpoint: `${sandbox.origin}/services/ActionCommand.svc/APIExecute`,
    login: 'TestAPIUser@NorthScope.example.com',
    password: 'StrongPassword',
    companySk: '1',
    limits: { deadlineMs: 1_800, idleMs: 1_200, maxBytes: 1024 * 1024 },
  });
});
afterAll(() => sandbox.close());

const order = {
  orderId: '0000010231-1',
  companyId: 'WAYBILL',
  poNumber: 'PO-1042',
  customerId: 'ALPINE',
  addressId: 'MAIN',
  siteId: 'SEATTLE',
  orderDate: '2026-01-05',
  shipByDate: '2026-01-12',
  lines: [{ itemId: '0071', units: '60', unitsUom: 'Each' }],
};
const queue = () =>
  northscope.insertInboundIntegration({
    sourceSystem: 'Waybill',
    sourceTransactionId: order.orderId,
    created: '2026-01-05',
    transactionType: 'SOOrder',
    data: order,
  });
const find = () => northscope.listSalesOrders({ where: equals('OrderID', order.orderId) });

describe('a document for NorthScope’s queue under faults', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string, number]>([
    ['no fault', {}, 'done', 1],
    ['a connection reset unread', { fault: 'refuse' }, 'OutcomeUnknown', 0],
    ['a lost answer', { fault: 'drop' }, 'OutcomeUnknown', 1],
    ['silence after the effect', { fault: 'timeout' }, 'OutcomeUnknown', 1],
    ['silence without effect', { fault: 'timeout-before' }, 'OutcomeUnknown', 0],
    ['an outage after the effect', { fault: '502', phase: 'after' }, 'OutcomeUnknown', 1],
    ['a limit of requests', { fault: '429', retryAfter: '2' }, 'VendorThrottled', 0],
    ['a refusal', { fault: 'refused-by-vendor' }, 'VendorRejected', 0],
    ['half an answer', { fault: 'malformed', phase: 'after' }, 'OutcomeUnknown', 1],
    ['no answer', { fault: 'empty', phase: 'before' }, 'OutcomeUnknown', 0],
    ['another operation’s answer', { fault: 'wrong-answer' }, 'OutcomeUnknown', 1],
  ])('%s', async (_what, fault, expected, effects) => {
    await northscope.generateSessionToken();
    const operation = 'InsertInboundIntegration';
    if ('fault' in fault) await control('faults', { vendor: 'northscope', operation, key: '', times: 1, ...fault });
    expect(await endOf(queue())).toBe(expected);
    const lines = (await calls()).filter((line) => line.operation === operation);
    expect(lines).toMatchObject([{ effects, fault: fault['fault'] ?? null }]);
    await control('world', { tick: {} });
    expect(await find()).toHaveLength(effects);
  });

  it('is queued once although the session was lost under it', async () => {
    await northscope.generateSessionToken();
    await control('faults', {
      vendor: 'northscope',
      operation: 'InsertInboundIntegration',
      key: '',
      fault: 'session-lost',
      times: 1,
    });
    expect(await endOf(queue())).toBe('done');
    const lines = await calls();
    expect(lines.map(({ operation, effects }) => `${operation} ${effects}`)).toEqual([
      'GenerateSessionToken 0',
      'InsertInboundIntegration 0',
      'GenerateSessionToken 0',
      'InsertInboundIntegration 1',
    ]);
  });

  it('gives up when every session is lost', async () => {
    await control('faults', {
      vendor: 'northscope',
      operation: 'InsertInboundIntegration',
      key: '',
      fault: 'session-lost',
      times: -1,
    });
    expect(await endOf(queue())).toBe('VendorUnauthorized');
    expect((await calls()).filter(({ operation }) => operation === 'InsertInboundIntegration')).toHaveLength(2);
  });
});

const allocations = [{ orderItemSk: '1', lotSk: '503', units: '1', unitsUom: 'Each' }];
const operations: readonly [string, 'write' | 'read', () => Promise<unknown>][] = [
  ['AllocateSalesOrders', 'write', () => northscope.allocateSalesOrders({ allocations })],
  ['InsertInboundIntegration', 'write', queue],
  ['ListUOMSchedules', 'read', () => northscope.listUomSchedules({})],
  ['ListSites', 'read', () => northscope.listSites({})],
  ['ListSalesOrders', 'read', find],
  ['ListItems', 'read', () => northscope.listItems({})],
  ['ListCustomerAddresses', 'read', () => northscope.listCustomerAddresses({})],
  ['ListCompanies', 'read', () => northscope.listCompanies()],
  ['ListInventoryLots', 'read', () => northscope.listInventoryLots({})],
];

describe.each(operations)('%s', (operation, effect, call) => {
  it.each(['malformed', 'empty', 'wrong-answer'])('takes no %s answer for its own', async (fault) => {
    await control('faults', { vendor: 'northscope', operation, key: '', fault, times: 1, phase: 'after' });
    expect(await endOf(call())).toBe(effect === 'write' ? 'OutcomeUnknown' : 'MalformedResponse');
    expect((await calls()).filter((line) => line.fault === fault)).toHaveLength(1);
  });
});
